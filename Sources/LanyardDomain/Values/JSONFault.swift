/// What is wrong with a JSON text, at the place that its field names.
package indirect enum JSONFault: Error, Hashable, Sendable {
  /// is not UTF-8 text; save the file in the encoding UTF-8
  case noUTF8
  /// the document ends too early: {fault}
  case endsEarly(JSONFault)
  /// the document is complete before this; take the rest out
  case goesOn
  /// a value is missing here
  case noValue
  /// a key in double quotes is missing here
  case noKey
  /// a colon is missing here, after the key "{key}"
  case noColon(key: String)
  /// a comma or {bracket} is missing here
  case noComma(bracket: String)
  /// lists and objects lie more than {limit} deep here
  case tooDeep(limit: Int)
  /// a number does not begin with 0
  case leadingZero
  /// a digit is missing here
  case noDigit
  /// a line break or control character stands in a text; write it as \n
  case controlCharacter
  /// a closing double quote is missing
  case openText
  /// \ is followed by none of " \ / b f n r t u
  case otherEscape
  /// half of a surrogate pair is missing before this
  case halfPair
  /// \u is followed by fewer than four hexadecimal digits
  case shortCode
}
