// The field that matches a selector.
({ scope, selector }) => fieldsOf(scope, [selector])[0] ?? null
