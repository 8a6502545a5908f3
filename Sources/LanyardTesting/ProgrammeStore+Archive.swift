package import LanyardDomain
package import LanyardStore

extension ProgrammeStore {
  /// Takes an event out of all lists, or back into them.
  package func archive(_ act: Act, _ slug: String, _ isArchived: Bool) async throws(StoreError) -> StoredEvent {
    try await change(act, slug, EventChange(isArchived: isArchived))
  }
}
