// What each of some fields is called.
(fields) => fields.map(calledOf)
