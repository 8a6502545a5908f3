package import LanyardDomain
package import SwiftProtobuf

/// A value of the domain that has an enum of its own on the wire, with the domain's words for names: out by an exhaustive
/// switch, in by its inverse.
package protocol WireValue: Spelled, Equatable {
  associatedtype Wire: WireEnum where Wire.Value == Self
  /// What stands before the domain's word in the names of the wire's values.
  static var wirePrefix: String { get }
  var wire: Wire { get }
}

extension WireValue {
  /// The value of a field that has to state one.
  ///
  /// - Throws: `InvalidInput` where it is not stated, or not known to this version.
  package init(_ wire: Wire, field: String) throws(InvalidInput) {
    guard let value = wire.value else {
      let known = Self.allCases.map { "\(Self.wirePrefix)\($0.rawValue)" }.joined(separator: ", ")
      throw InvalidInput(
        field: field,
        wire.rawValue == 0 ? .notStated(known: known) : .unknownNumber(number: wire.rawValue, known: known)
      )
    }
    self = value
  }

  /// The value of a field that may leave it open; nil where it does.
  ///
  /// - Throws: `InvalidInput` where it is not known to this version.
  package static func stated(_ wire: Wire, field: String) throws(InvalidInput) -> Self? {
    wire.rawValue == 0 ? nil : try Self(wire, field: field)
  }
}

/// An enum of the wire that says a value of the domain.
package protocol WireEnum: SwiftProtobuf.Enum {
  associatedtype Value: WireValue where Value.Wire == Self
}

extension WireEnum {
  /// Nil where it is not stated, or not known to this version.
  package var value: Value? { Value.allCases.first { $0.wire == self } }

  /// Whether something is stated, known to this version or not.
  package var isStated: Bool { rawValue != 0 }

  /// The domain's word, such as `ALREADY_INSIDE`; `UNSPECIFIED` where none is stated, the number where this version does
  /// not know it.
  package var shortName: String { rawValue == 0 ? "UNSPECIFIED" : value?.rawValue ?? "\(rawValue)" }
}
