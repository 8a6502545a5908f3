import LanyardDomain
import LanyardStore

/// Reads a list to its end, page after page, so that no more of it is in memory than a page.
func eachPage<Item>(
  of size: Int = RequestLimit.page,
  _ read: (PageRequest) async throws -> Page<Item>,
  _ body: ([Item]) async throws -> Void
) async throws {
  var page = PageRequest(size: size)
  repeat {
    let found = try await read(page)
    try await body(found.items)
    page.after = found.next
  } while page.after != nil
}
