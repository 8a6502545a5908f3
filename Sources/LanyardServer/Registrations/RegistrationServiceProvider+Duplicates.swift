import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore

extension RegistrationServiceProvider {
  func findDuplicates(
    request: Lanyard_V1_FindDuplicatesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_FindDuplicatesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    // That there is none is told from that nobody registered.
    _ = try await store.event(event)
    var all: [Registration] = []
    var page = PageRequest(size: RequestLimit.page)
    repeat {
      let found = try await store.registrations(of: event, matching: RegistrationFilter(), page)
      all += found.page.items
      page.after = found.page.next
    } while page.after != nil
    return Lanyard_V1_FindDuplicatesResponse(DuplicateSearch(all).groups())
  }
}
