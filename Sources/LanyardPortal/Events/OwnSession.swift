import GRPCCore
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// What somebody who is registered may do with a session.
struct OwnSession: Sendable {
  let action: String
  let isBooked: Bool
  let canBook: Bool
  let isFull: Bool
  let places: String?
  let canJoin: Bool
  /// Why it cannot be joined now, where it can at another time; nil otherwise.
  let joinNote: String?
  /// Where it is followed, once joined; nil before.
  var stream: Stream?

  /// A session that was joined.
  struct Stream: Sendable {
    /// Nil where the organiser has given no address.
    let address: String?
    /// After how many seconds a page says that it is still open.
    let heartbeat: String
  }
}

extension Site {
  /// Nil for who has shown no registration, or none that stands.
  func ownSession(
    _ session: Session,
    of event: Event,
    link: String?,
    in text: PageText,
    _ visit: Visit
  ) async throws -> OwnSession? {
    guard let link else { return nil }
    let calls = calls.by(visit.reading(text.language), link: link)
    do {
      let registration = try await calls.ownRegistration(of: event.slug)
      guard [.confirmed, .waitlisted, .submitted].contains(registration.state),
        let own = try await calls.sessions(of: event.slug).first(where: { $0.session.id == session.id })
      else { return nil }
      let isRemote = own.isJoinable(by: registration)
      let isOver = now() >= session.span.upperBound
      let opens = session.span.lowerBound - RemotePresence.early
      let isFull = own.placesLeft == 0 && !own.isBooked
      return OwnSession(
        action: "/\(event.slug)/me/sessions/\(session.id)",
        isBooked: own.isBooked,
        canBook: session.requiresBooking && !own.isBooked && !isOver && !isFull,
        isFull: isFull,
        places: own.placesLeft.map { text(.portalPlacesLeft, ["count": .count($0)]) },
        canJoin: isRemote && !isOver && now() >= opens,
        joinNote: isRemote && now() < opens
          ? text(.portalJoinFrom, ["moment": .moment(opens, VenueTime(zone: session.timeZone))]) : nil
      )
    } catch PortalFault.signedOut {
      // The session is for everyone to read.
      return nil
    }
  }

  /// Books a session, gives it back, joins or leaves it, as the button says that was pressed.
  func book(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let own = try await own(request, visit)
    guard isOwn(form, request, visit) else { throw PortalFault.staleForm(event: own.slug) }
    let id = visit.part("session")
    guard ResourceID.isValid(id) else { throw PortalFault.notFound }
    let (session, registration) = (ResourceName.session(id, of: own.slug).description, own.registration.name)
    switch form["step"] {
    case "book": try await own.calls.book(session, for: registration)
    case "give-back": try await own.calls.giveBack(session, for: registration)
    case "leave": try await own.calls.leave(session, by: registration)
    case "join": return try await joined(session, id, own, request, visit)
    default: throw PortalFault.notFound
    }
    let back = form["from"] == "me" ? "/\(own.slug)/me" : "/\(own.slug)/sessions/\(id)"
    return .leading(to: back)
  }

  private func joined(
    _ name: String,
    _ id: String,
    _ own: OwnVisit,
    _ request: Request,
    _ visit: Visit
  ) async throws -> Response {
    let answer = try await own.calls.join(name, by: own.registration.name)
    let sessions = try await own.calls.sessions(of: own.slug)
    guard let session = sessions.first(where: { $0.session.id == id }) else { throw PortalFault.notFound }
    let seconds = max(5, answer.heartbeatInterval.seconds)
    let stream = OwnSession.Stream(
      address: answer.streamUri.hasPrefix("https://") ? answer.streamUri : nil,
      heartbeat: "\(seconds)"
    )
    return sessionPage(
      session,
      of: own.shown.event,
      own: OwnSession(
        action: "/\(own.slug)/me/sessions/\(id)",
        isBooked: false,
        canBook: false,
        isFull: false,
        places: nil,
        canJoin: false,
        joinNote: nil,
        stream: stream
      ),
      in: own.text,
      request,
      visit
    )
  }
}
