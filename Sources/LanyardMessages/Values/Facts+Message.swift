import Foundation
import LanyardDomain
import SwiftProtobuf

extension Google_Protobuf_Struct {
  /// Facts of a change, which are a JSON object.
  init(facts: String) throws { self = try Google_Protobuf_Struct(jsonString: facts) }

  /// The facts as a JSON object, by name: a message has them in no order.
  ///
  /// - Throws: `InvalidInput` where JSON has no such value, as of a number that is none.
  func facts(field: String) throws(InvalidInput) -> String {
    do {
      let object = try JSONSerialization.jsonObject(with: Data(jsonString().utf8))
      let sorted = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
      return String(decoding: sorted, as: UTF8.self)
    } catch {
      throw InvalidInput(field: field, .json(.noDigit))
    }
  }
}
