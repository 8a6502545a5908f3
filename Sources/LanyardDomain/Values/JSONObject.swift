/// A JSON object as somebody wrote it.
package enum JSONObject {
  /// The names of its members in their order, those that stand there twice twice; nil where the text is another value.
  ///
  /// - Throws: `InvalidInput` with one violation, whose field is `line L, column C` of the first fault.
  package static func names(in bytes: [UInt8]) throws(InvalidInput) -> [String]? {
    guard case .object(let members) = try JSONReader.value(of: bytes) else { return nil }
    return members.map(\.name)
  }
}
