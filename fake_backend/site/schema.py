"""The site's tables.

The ledger is the only truth about credits: rows are added, never changed, and a trigger keeps each pool's balance
beside it, so that reading a balance costs the same after a million rows. A second grant for one payment session is
refused by an index, an overdraft by a check.
"""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS workspaces (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    pending_plan TEXT,
    monthly_credits INTEGER NOT NULL CHECK (monthly_credits >= 0),
    created REAL NOT NULL,
    cycle_start REAL NOT NULL,
    cycle_end REAL NOT NULL CHECK (cycle_end > cycle_start),
    clock_offset REAL NOT NULL DEFAULT 0 CHECK (clock_offset >= 0),
    variant TEXT NOT NULL,
    faults TEXT NOT NULL,
    information TEXT,
    invoice_prefix TEXT NOT NULL,
    invoice_count INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS members (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    last_login REAL,
    epoch INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_of_workspace ON members (workspace_id);

CREATE TABLE IF NOT EXISTS purchases (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL CHECK (kind IN ('credits', 'plan')),
    item TEXT NOT NULL,
    credits INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'paid', 'expired')),
    session_id TEXT UNIQUE,
    created REAL NOT NULL,
    paid_at REAL,
    seen_at REAL,
    landings INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS purchases_of_workspace ON purchases (workspace_id, created);
CREATE INDEX IF NOT EXISTS pending_purchases ON purchases (created) WHERE state = 'pending';

CREATE TABLE IF NOT EXISTS ledger (
    id INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    at REAL NOT NULL,
    pool TEXT NOT NULL CHECK (pool IN ('monthly', 'add_on')),
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'renewal', 'purchase', 'use', 'expiry', 'refund')),
    credits INTEGER NOT NULL CHECK (kind NOT IN ('use', 'expiry') OR credits < 0),
    session_id TEXT,
    note TEXT NOT NULL,
    CHECK (kind != 'purchase' OR session_id IS NOT NULL)
);
CREATE INDEX IF NOT EXISTS ledger_of_workspace ON ledger (workspace_id, id);
CREATE UNIQUE INDEX IF NOT EXISTS one_grant_for_each_session ON ledger (session_id) WHERE kind = 'purchase';

-- What a fault lets come later, by the workspace's own clock; a sound site has none.
CREATE TABLE IF NOT EXISTS later (
    id INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    due REAL NOT NULL,
    pool TEXT NOT NULL,
    kind TEXT NOT NULL,
    credits INTEGER NOT NULL,
    session_id TEXT,
    note TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS later_of_workspace ON later (workspace_id, due);

CREATE TABLE IF NOT EXISTS balances (
    workspace_id TEXT NOT NULL,
    pool TEXT NOT NULL,
    granted INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    remaining INTEGER NOT NULL CHECK (remaining >= 0),
    PRIMARY KEY (workspace_id, pool)
) WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS ledger_is_not_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_is_not_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_moves_balance AFTER INSERT ON ledger
BEGIN
    INSERT OR IGNORE INTO balances (workspace_id, pool, granted, used, remaining)
    VALUES (new.workspace_id, new.pool, 0, 0, 0);
    UPDATE balances SET
        granted = CASE
            WHEN new.kind = 'renewal' THEN remaining + new.credits
            WHEN new.kind IN ('grant', 'purchase') THEN granted + new.credits
            ELSE granted END,
        used = CASE
            WHEN new.kind = 'renewal' THEN 0
            WHEN new.kind IN ('use', 'refund') THEN used - new.credits
            ELSE used END,
        remaining = remaining + new.credits
    WHERE workspace_id = new.workspace_id AND pool = new.pool;
END;

CREATE TABLE IF NOT EXISTS invoices (
    id INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number TEXT NOT NULL UNIQUE,
    at REAL NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('credits', 'plan')),
    description TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    purchase_id TEXT UNIQUE REFERENCES purchases (id),
    information TEXT
);
CREATE INDEX IF NOT EXISTS invoices_of_workspace ON invoices (workspace_id, at, id);
CREATE INDEX IF NOT EXISTS invoices_of_kind ON invoices (workspace_id, kind, at, id);

CREATE TABLE IF NOT EXISTS mail (
    id INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    at REAL NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mail_of_workspace ON mail (workspace_id, id);

CREATE TABLE IF NOT EXISTS codes (
    member_id TEXT NOT NULL REFERENCES members (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'reset')),
    code_hash TEXT NOT NULL,
    expires REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (member_id, purpose)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS flows (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS flows_of_workspace ON flows (workspace_id);
"""
