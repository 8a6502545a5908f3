import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// Page size where a request says none, and the most that it gets, which more is cut to.
struct PageSizes {
  static let ofLists = PageSizes(usual: 100, most: RequestLimit.page)

  let usual: Int
  let most: Int
}

/// A request for a page of a list (AIP-158).
protocol PagedRequest: Message {
  var pageSize: Int32 { get set }
  var pageToken: String { get set }
}

extension PagedRequest {
  /// The page that it asks for.
  ///
  /// - Throws: `InvalidInput` for `page_size`, and for `page_token` where the token is another list's.
  func page(_ sizes: PageSizes = .ofLists) throws(InvalidInput) -> PageRequest {
    guard pageSize >= 0 else {
      throw InvalidInput(field: "page_size", .request(.negativePageSize(usual: sizes.usual, limit: sizes.most)))
    }
    let size = pageSize == 0 ? sizes.usual : min(Int(pageSize), sizes.most)
    guard !pageToken.isEmpty else { return PageRequest(size: size) }
    return PageRequest(size: size, after: try PageCursor(token: pageToken, of: list))
  }

  /// The token of the page that begins at `next`; empty where there is none.
  func pageToken(of next: PageCursor?) -> String { next?.token(of: list) ?? "" }

  /// All that must be the same from page to page: which list, and whatever else was asked for.
  private var list: String {
    var request = self
    (request.pageSize, request.pageToken) = (0, "")
    return "\(Self.protoMessageName) \(request.textFormatString())"
  }
}

extension Lanyard_V1_ListEventsRequest: PagedRequest {}
extension Lanyard_V1_ListSessionsRequest: PagedRequest {}
extension Lanyard_V1_ListCheckpointsRequest: PagedRequest {}
extension Lanyard_V1_ListQuestionsRequest: PagedRequest {}
extension Lanyard_V1_ListBookingsRequest: PagedRequest {}
extension Lanyard_V1_ListRegistrationsRequest: PagedRequest {}
extension Lanyard_V1_ListBadgesRequest: PagedRequest {}
extension Lanyard_V1_ListPrintRunsRequest: PagedRequest {}
extension Lanyard_V1_ListVerificationKeysRequest: PagedRequest {}
extension Lanyard_V1_SearchAttendeesRequest: PagedRequest {}
extension Lanyard_V1_ListPeopleInsideRequest: PagedRequest {}
extension Lanyard_V1_ListCheckInsRequest: PagedRequest {}
extension Lanyard_V1_ListConflictsRequest: PagedRequest {}
extension Lanyard_V1_ListEnrolmentCodesRequest: PagedRequest {}
extension Lanyard_V1_ListDevicesRequest: PagedRequest {}
extension Lanyard_V1_ListMailsRequest: PagedRequest {}
extension Lanyard_V1_ListAuditEntriesRequest: PagedRequest {}
