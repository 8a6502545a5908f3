import LanyardDomain
import SwiftProtobuf

extension Google_Protobuf_Struct {
  /// Facts of a change, which are a JSON object.
  init(facts: String) throws { self = try Google_Protobuf_Struct(jsonString: facts) }

  /// The facts as a JSON object; whole numbers have a fraction, since the wire knows no others.
  ///
  /// - Throws: `InvalidInput` where JSON has no such value, as of a number that is none.
  func facts(field: String) throws(InvalidInput) -> String {
    do {
      var options = JSONEncodingOptions()
      options.useDeterministicOrdering = true
      return try jsonString(options: options)
    } catch {
      throw InvalidInput(field: field, .json(.noDigit))
    }
  }
}
