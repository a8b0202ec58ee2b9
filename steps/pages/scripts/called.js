// What each of some given fields is called, and the words before it: what stands in an empty one may be an example.
(fields) => fields.map((field) => [calledOf(field), wordsBefore(field)])
