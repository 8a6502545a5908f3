import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardMessages
import LanyardTexts
import Logging

/// Makes a page of what failed: what happened, whether anything was lost, what to do, and the number that the log has.
struct FailurePages: RouterMiddleware {
  typealias Context = Visit

  let site: Site

  func handle(
    _ request: Request,
    context: Visit,
    next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let fault as PortalFault {
      return page(fault, request, context)
    } catch let error as RPCError {
      return page(error, request, context)
    } catch let error as any HTTPResponseError where error.status == .notFound {
      return page(.notFound, request, context)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      return page(.portalTooLarge, more: .portalTooLargeMore, status: error.status, request, context)
    } catch let error as any HTTPResponseError {
      return page(.portalNotUnderstood, more: nil, status: error.status, request, context)
    } catch {
      site.logger.error(
        "a page failed",
        metadata: ["page": "\(context.endpointPath ?? "")", "request": "\(context.number)", "cause": "\(error)"]
      )
      return page(.portalFailed, more: .portalFailedMore, status: .internalServerError, isOurs: true, request, context)
    }
  }

  private func page(_ fault: PortalFault, _ request: Request, _ visit: Visit) -> Response {
    switch fault {
    case .notFound: page(.portalNotThere, more: .portalNotThereMore, status: .notFound, request, visit)
    case .staleForm: page(.portalStaleForm, more: .portalStaleFormMore, status: .forbidden, request, visit)
    case .signedOut(let event):
      // The way in is the link of the mail.
      .leading(to: "/\(event)/link")
    case .notSignedIn(let path): .leading(to: Site.signInPath(to: path))
    case .notForRole: page(.houseNotForRole, more: .houseNotForRoleMore, status: .forbidden, request, visit)
    }
  }

  private func page(_ error: RPCError, _ request: Request, _ visit: Visit) -> Response {
    // What the service itself did not say is a failure on the way to it.
    let status = error.details == nil ? .serviceUnavailable : HTTPResponse.Status(error.code)
    let isOurs = status.kind == .serverError
    if isOurs {
      site.logger.error(
        "a page failed",
        metadata: ["page": "\(visit.endpointPath ?? "")", "request": "\(visit.number)", "status": "\(error.code)"]
      )
    }
    // The service tells it in the visitor's language; what else failed is none of theirs.
    guard error.details != nil, status != .internalServerError else {
      return page(.portalFailed, more: .portalFailedMore, status: status, isOurs: isOurs, request, visit)
    }
    return page(heading: .portalNotDone, text: error.message, more: nil, status: status, isOurs: isOurs, request, visit)
  }

  private func page(
    _ heading: Sentence.Key,
    more: Sentence.Key?,
    status: HTTPResponse.Status,
    isOurs: Bool = false,
    _ request: Request,
    _ visit: Visit
  ) -> Response {
    let text = more.map { PageText(visit.language ?? .english)($0) } ?? ""
    return page(heading: heading, text: text, more: nil, status: status, isOurs: isOurs, request, visit)
  }

  private func page(
    heading: Sentence.Key,
    text told: String,
    more: String?,
    status: HTTPResponse.Status,
    isOurs: Bool,
    _ request: Request,
    _ visit: Visit
  ) -> Response {
    let text = PageText(visit.language ?? .english)
    let event = request.uri.path.split(separator: "/").first.map(String.init) ?? ""
    let isOfEvent = ResourceID.isValid(event) && status != .notFound
    let notice = NoticePage(
      heading: text(heading),
      text: told,
      more: more,
      href: isOfEvent ? "/\(event)" : "/",
      action: text(isOfEvent ? .portalToEvent : .portalToEvents),
      number: isOurs ? text(.portalNumber, ["number": .text(visit.number)]) : nil
    )
    return site.page("notice", notice, title: text(heading), in: text, request, visit, status: status)
  }
}

extension HTTPResponse.Status {
  /// What a browser is told of a call that failed.
  fileprivate init(_ code: RPCError.Code) {
    switch code {
    case .invalidArgument, .outOfRange, .failedPrecondition, .alreadyExists, .aborted: self = .conflict
    case .notFound: self = .notFound
    case .unauthenticated, .permissionDenied: self = .forbidden
    case .resourceExhausted: self = .tooManyRequests
    case .unavailable, .deadlineExceeded, .cancelled: self = .serviceUnavailable
    default: self = .internalServerError
    }
  }
}
