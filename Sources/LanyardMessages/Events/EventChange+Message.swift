package import LanyardAPI
package import LanyardDomain

/// What a mask may name.
private enum Field: String, CaseIterable {
  case archived
}

extension Lanyard_V1_UpdateEventRequest {
  /// Asks for the event with this name to be archived, or to be brought back.
  package init(archived: Bool, of name: String) {
    self.init()
    (event.name, event.archived) = (name, archived)
    updateMask = .init(of: [Field.archived])
  }

  /// Whether the event is to be archived, which is all that the mask may name.
  package func isToBeArchived() throws(InvalidInput) -> Bool {
    _ = try updateMask.fields(of: Field.self)
    return event.archived
  }
}
