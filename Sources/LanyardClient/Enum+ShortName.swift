package import SwiftProtobuf

extension Enum where Self: CaseIterable {
  /// The name of the value without the prefix that all values of its enum share: `ALREADY_INSIDE` for
  /// `REFUSAL_REASON_ALREADY_INSIDE`; the number where the value is not known here.
  package var shortName: String {
    // The generated Swift name is the same words, in camel case.
    let name = "\(self)"
    guard Self.allCases.contains(self) else { return "\(rawValue)" }
    return name.reduce(into: "") { text, letter in
      if letter.isUppercase { text += "_" }
      text += letter.uppercased()
    }
  }

  /// The value of a short name, compared without case; nil where there is none.
  package init?(shortName: String) {
    guard let value = Self.allCases.first(where: { $0.shortName == shortName.uppercased() }), value.rawValue != 0 else {
      return nil
    }
    self = value
  }
}
