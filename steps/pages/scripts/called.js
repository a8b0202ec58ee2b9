// What each of some given fields is called.
(fields) => fields.map(calledOf)
