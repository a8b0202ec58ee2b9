// Whether each field holds what was typed into it: the same letters and digits, or a mask in their place.
({ scope, typed }) => {
  const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const fields = fieldsOf(scope, typed.map(([selector]) => selector));
  return fields.map((field, at) => {
    const value = field?.value ?? "";
    return plain(value) === plain(typed[at][1]) || /[•●*]{2}/.test(value);
  });
}
