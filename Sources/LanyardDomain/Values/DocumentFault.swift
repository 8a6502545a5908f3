/// What is wrong with a value of a JSON document that people write, and what to do. `text` is what the file says.
package enum DocumentFault: Hashable, Sendable {
  /// is {kind}; write an object with the keys {keys}
  case noObject(ValueKind, keys: [String])
  /// is {kind}; write a text in double quotes
  case noText(ValueKind)
  /// is {kind}; write a text in double quotes, or an object with the keys {keys}
  case noTextNorObject(ValueKind, keys: [String])
  /// is {kind}; write true or false, without quotes
  case noFlag(ValueKind)
  /// is {kind}; write true, false or "{word}"
  case noReentry(ValueKind, word: String)
  /// is {kind}; write a list in square brackets
  case noList(ValueKind)
  /// is {kind}; write an object of names and days
  case noDays(ValueKind)
  /// is not a key that can stand here; {advice}
  case unknownKey(NearestName.Advice)
  /// is given twice; keep one of them
  case doubledKey
  /// is missing; give it
  case missing
  /// is empty; give it
  case empty
  /// is empty; write a text, or an object of texts by language: {"en": "…", "fr": "…"}
  case emptyTexts
  /// is not a whole number from {low} to {high}; write one
  case noWholeNumber(low: Int, high: Int)
  /// is not a day; write it as 2024-05-27
  case noDay
  /// has {count} entries; at most {limit} are allowed
  case tooManyEntries(count: Int, limit: Int)
  /// is empty; give a text or take it out
  case emptyEntry
  /// is in the list before: "{text}"; take one of them out
  case doubledEntry(text: String)
  /// is not one that the event lists: "{text}"; {advice}
  case unlisted(text: String, NearestName.Advice)
  /// is a label: "{text}"; write its id, {id}
  case labelForID(text: String, id: String)
}
