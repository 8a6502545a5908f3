import LanyardDomain
import LanyardStore

/// Page sizes and tokens (AIP-158) of the requests that list something.
enum PageToken {
  /// Page size where a request says none, and the most that it gets, which more is cut to.
  struct Sizes {
    static let ofLists = Sizes(usual: 100, most: RequestLimit.page)

    let usual: Int
    let most: Int
  }

  /// The page that a request asks for.
  ///
  /// - Parameter list: Everything that must be the same from page to page, such as parent and filters.
  static func page(
    size: Int32,
    token: String,
    of list: String,
    _ sizes: Sizes = .ofLists
  ) throws(InvalidInput) -> PageRequest {
    guard size >= 0 else {
      throw InvalidInput(field: "page_size", .request(.negativePageSize(usual: sizes.usual, limit: sizes.most)))
    }
    let size = size == 0 ? sizes.usual : min(Int(size), sizes.most)
    return PageRequest(size: size, after: token.isEmpty ? nil : try PageCursor(token: token, of: list))
  }

  /// The token of the page that begins at `next`; empty where there is none.
  static func token(_ next: PageCursor?, of list: String) -> String { next?.token(of: list) ?? "" }
}
