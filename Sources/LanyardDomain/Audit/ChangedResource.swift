/// What a change is about.
package enum ChangedResource: Hashable, Sendable {
  /// A resource of the contract, also where it is there no more.
  case named(ResourceName)
  /// The data of the whole installation.
  case store
  /// What this version does not know, as a later one recorded it.
  case other(String)

  private static let storeName = "store"

  /// As it is on record.
  package init(recorded text: String) {
    if text == Self.storeName {
      self = .store
    } else {
      self = ResourceName(text).map(Self.named) ?? .other(text)
    }
  }

  /// As somebody asks for it.
  ///
  /// - Throws: `InvalidInput` where the text is no name of a resource.
  package init(asked text: String, field: String) throws(InvalidInput) {
    self.init(recorded: text)
    guard case .other = self else { return }
    throw InvalidInput(
      field: field,
      .otherResourceName(form: ResourceName.registration("{registration}", of: "{event}").description)
    )
  }

  /// Nil where it is none of the contract's.
  package var name: ResourceName? {
    if case .named(let name) = self { name } else { nil }
  }
}

extension ChangedResource: CustomStringConvertible {
  /// As it is recorded.
  package var description: String {
    switch self {
    case .named(let name): name.description
    case .store: Self.storeName
    case .other(let text): text
    }
  }
}
