package import LanyardDomain
package import SwiftProtobuf

extension Google_Protobuf_FieldMask {
  /// The most characters of a path that an error repeats.
  private static let pathLimit = 60

  /// The fields that a request changes (AIP-134), of those that its method can change.
  ///
  /// - Parameters:
  ///   - unlisted: What is still taken of older clients, and no longer offered to others.
  ///   - all: Whether no path at all stands for every field.
  /// - Throws: `InvalidInput` where it names none, or one that cannot be changed.
  package func fields<Field: RawRepresentable & CaseIterable & Equatable>(
    of _: Field.Type,
    unlisted: [Field] = [],
    emptyMeansAll all: Bool = false
  ) throws(InvalidInput) -> [Field] where Field.RawValue == String {
    let known = Field.allCases.filter { !unlisted.contains($0) }
    if paths.isEmpty {
      guard all else { throw InvalidInput(field: "update_mask", .request(.emptyMask(known: known.map(\.rawValue)))) }
      return known
    }
    var fields: [Field] = []
    for path in paths {
      guard let field = Field(rawValue: path) else {
        let repeated = String(path.prefix(Self.pathLimit))
        throw InvalidInput(
          field: "update_mask",
          .request(.otherPath(path: repeated, known: known.map(\.rawValue)))
        )
      }
      fields.append(field)
    }
    return fields
  }

  /// The mask of a request that changes these fields.
  package init<Field: RawRepresentable>(of fields: [Field]) where Field.RawValue == String {
    self.init()
    paths = fields.map(\.rawValue)
  }
}
