"""The fields of a payment form, as selectors.

Each is known by its published id or by the name that browsers use for autofill; the words behind "~~" are what it is
called where neither tells it (a regular expression).
"""

from steps.readers.page.terms import ACCEPTED

CARD_NUMBER = (
    "input#cardNumber, input[autocomplete~='cc-number'], input[name='cardNumber'], input[name='cardnumber']"
    r" ~~ \bcard[ -]?(number|no\b)|^number of (the|your) card|^\W*number\W*$"
)
EXPIRY = (
    "input#cardExpiry, input[autocomplete~='cc-exp'], input[name='cardExpiry'], input[name='exp-date']"
    r" ~~ ^(?!.*\b(month|year)\b)[^[]*(\bexp(ir|\b)|\bvalid (until|thru|through|to)\b|\bgood thru\b|\bvalidity\b"
    r"|\bmm ?/ ?yy)[^[]*$"
)
CVC = (
    "input#cardCvc, input[autocomplete~='cc-csc'], input[name='cardCvc'], input[name='cvc']"
    r" ~~ \bcv[cvn]2?\b|\bcard (code|verification)|\bcryptogram|\b(security|verification) (code|number|value)"
)
MONTH = (
    "[autocomplete~='cc-exp-month'], [name='cardExpiryMonth'], [name='exp-month'], [name='exp_month']"
    r" ~~ ^(?!.*\b(from|start|issued?|birth)\b)(.*\[months\]|(exp\w*\.? )?month\W*$|mm\W*$)"
)
YEAR = (
    "[autocomplete~='cc-exp-year'], [name='cardExpiryYear'], [name='exp-year'], [name='exp_year']"
    r" ~~ ^(?!.*\b(from|start|issued?|birth)\b)(.*\[years\]|(exp\w*\.? )?year\W*$|yy(yy)?\W*$)"
)
KIND = (
    "select[autocomplete~='cc-type'], select[name='cardType'], select[name='card_type']"
    r" ~~ \[brands\]|^((credit )?card type|type of (the |your )?card)\b.*\["
)
NAME = (
    "input#billingName, input[autocomplete~='cc-name'], input[name='billingName']"
    r" ~~ \bname (as )?(it )?(appears )?on (the |your )?(credit )?card|\bcard ?holder|^(full )?name\W*$"
    r"|^as on (the )?card|^\W*holder\b"
)
FIRST_NAME = r"input[autocomplete~='cc-given-name'], input[autocomplete~='given-name'] ~~ ^(first|given) name"
LAST_NAME = (
    "input[autocomplete~='cc-family-name'], input[autocomplete~='family-name']"
    r" ~~ ^((last|family) name|surname)"
)
EMAIL = r"input#email, input[type=email] ~~ ^e-?mail|^receipt to\b"
COUNTRY = (
    r"select#billingCountry, select[name='billingCountry'], select[autocomplete~='country'] ~~ ^(billing )?country\b"
)
STREET = (
    "input#billingAddressLine1, input[autocomplete~='address-line1'], input[autocomplete~='street-address']"
    r" ~~ ^(street|(billing |street )?address( line 1)?)\W*$"
)
TOWN = r"input#billingLocality, input[autocomplete~='address-level2'] ~~ ^(town|city)\b"
STATE = (
    ":is(input, select):is(#billingAdministrativeArea, [autocomplete~='address-level1'])"
    r" ~~ ^(state|province|county)\b"
)
POSTCODE = (
    "input#billingPostalCode, input[autocomplete~='postal-code'], input[name='billingPostalCode']"
    r" ~~ ^(post(al)? ?code|zip)"
)
PHONE = r"input:is(#phoneNumber, [name='phoneNumber'], [autocomplete~='tel']) ~~ ^(tele|mobile |cell)?phone\b|^mobile\b"
INSTALLMENTS = r"select[name*='instal' i] ~~ ^(number of )?(instal+ments|parcelas|cuotas|payments)\b"
SAVE = (
    "input#enableStripePass, input[name='enableStripePass']"
    r" ~~ \[tick\] .*\b(save|store|remember|keep)\b.*\b(card|payment|details|information)\b"
)
TERMS = (
    "input#termsOfServiceConsentCheckbox, input[name='termsOfServiceConsentCheckbox'], input[type=checkbox][required]"
    rf" ~~ \[tick\] {ACCEPTED}"
)
"""Of boxes to tick those alone are looked at whose words are asked for behind "[tick]"."""
CONTACT = (EMAIL, NAME, FIRST_NAME, LAST_NAME, STREET, TOWN, POSTCODE, COUNTRY, PHONE)
"""Who buys, which a payment page may ask for in a step of its own before the card."""
