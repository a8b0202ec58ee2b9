"""The processor's tables. Times are seconds since 1970, amounts the smallest unit of the currency (cents)."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS settings (reference TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;

-- How far a reference's clock is ahead of the real one.
CREATE TABLE IF NOT EXISTS clocks (reference TEXT PRIMARY KEY, ahead REAL NOT NULL CHECK (ahead >= 0)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sessions (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT,
    created INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    due REAL NOT NULL,           -- the moment of the real clock at which it expires
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'complete', 'expired')),
    payment_status TEXT NOT NULL DEFAULT 'unpaid' CHECK (payment_status IN ('unpaid', 'paid')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    payment_intent TEXT,         -- unknown until the buyer first tries to pay
    customer TEXT,               -- JSON: what the buyer said of themselves
    completed_by TEXT,           -- the event that told of its payment
    params TEXT NOT NULL,        -- JSON: what the merchant asked for
    CHECK ((status = 'complete') = (payment_status = 'paid'))
);
CREATE INDEX IF NOT EXISTS sessions_by_reference ON sessions (reference, seq);
CREATE INDEX IF NOT EXISTS sessions_by_status ON sessions (status, seq);
CREATE INDEX IF NOT EXISTS sessions_by_payment ON sessions (payment_intent) WHERE payment_intent IS NOT NULL;
CREATE INDEX IF NOT EXISTS sessions_due ON sessions (due) WHERE status = 'open';

-- What a session was or was not paid by. Of the card only the brand and the last four digits are ever known here.
CREATE TABLE IF NOT EXISTS payment_intents (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL UNIQUE REFERENCES sessions (id),
    created INTEGER NOT NULL,
    status TEXT NOT NULL,
    brand TEXT,
    last4 TEXT CHECK (length(last4) = 4),
    error TEXT                   -- JSON: last_payment_error
) WITHOUT ROWID;

-- What is kept as the API shows it: products, prices, customers; charges, cards and refunds, owned by their payment.
CREATE TABLE IF NOT EXISTS records (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    owner TEXT,
    json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS records_by_kind ON records (kind, seq);
CREATE INDEX IF NOT EXISTS records_by_owner ON records (owner, kind, seq) WHERE owner IS NOT NULL;

CREATE TABLE IF NOT EXISTS challenges (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id),
    card TEXT NOT NULL,          -- JSON: what is known of the card: outcome, brand, last four digits
    customer TEXT NOT NULL,
    open INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    created INTEGER NOT NULL,
    reference TEXT,
    json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS events_by_type ON events (type, seq);
CREATE INDEX IF NOT EXISTS events_by_reference ON events (reference, seq);

CREATE TABLE IF NOT EXISTS endpoints (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    created INTEGER NOT NULL,
    enabled_events TEXT NOT NULL, -- JSON list
    description TEXT,
    metadata TEXT NOT NULL DEFAULT '{}'
);

CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL REFERENCES events (id),
    endpoint TEXT NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
    reference TEXT,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    due REAL NOT NULL,           -- the moment of the real clock for the next try
    lose INTEGER NOT NULL,       -- how many tries are lost on the way
    tries TEXT NOT NULL DEFAULT '[]' -- JSON: when, with which answer
);
CREATE INDEX IF NOT EXISTS deliveries_pending ON deliveries (due) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS deliveries_by_reference ON deliveries (reference, id);
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (event);
CREATE INDEX IF NOT EXISTS deliveries_by_endpoint ON deliveries (endpoint);

CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created REAL NOT NULL
) WITHOUT ROWID;
"""
