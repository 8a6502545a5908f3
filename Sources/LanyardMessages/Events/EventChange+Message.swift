package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_UpdateEventRequest {
  private enum Field: String, CaseIterable {
    case archived
  }

  /// Whether the event is to be archived, which is all that the mask may name.
  package func isToBeArchived() throws(InvalidInput) -> Bool {
    _ = try updateMask.fields(of: Field.self)
    return event.archived
  }
}
