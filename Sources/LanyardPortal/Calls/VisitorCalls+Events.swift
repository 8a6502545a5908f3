import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// An event as its pages show it.
struct ShownEvent: Sendable {
  let event: Event
  /// Places on site that are not taken; nil where there is no limit.
  let placesLeft: Int?
  /// Whether people register by themselves now.
  let phase: Lanyard_V1_RegistrationPhase
  /// From when on they do; nil where they never do.
  let opens: Instant?

  init(_ message: Lanyard_V1_Event) throws {
    event = try Event(message, under: "")
    placesLeft = message.hasOnsitePlacesLeft ? max(0, Int(message.onsitePlacesLeft)) : nil
    phase = message.registrationPhase
    opens = message.hasRegistrationOpenTime ? Instant(shown: message.registrationOpenTime) : nil
  }

  var isOpen: Bool { phase == .open }

  /// Why nobody can register now; nil where people can.
  func whyClosed(_ text: PageText) -> String? {
    switch phase {
    case .open: nil
    case .notYet:
      if let opens {
        text(.portalOpensAt, ["moment": .moment(opens, VenueTime(zone: event.timeZone))])
      } else {
        text(.portalNotOpenYet)
      }
    case .over: text(.portalOpenNoMore)
    case .never, .unspecified, .UNRECOGNIZED: text(.portalNeverOpen)
    }
  }
}

/// A session as its pages show it.
struct ShownSession: Sendable {
  let session: Session
  let isBooked: Bool
  /// How many more can book it; nil where there is no limit, or it takes no bookings.
  let placesLeft: Int?

  init(_ message: Lanyard_V1_Session) throws {
    session = try Session(message, under: "")
    isBooked = message.booked
    placesLeft = message.hasPlacesLeft ? Int(message.placesLeft) : nil
  }

  /// Whether somebody may follow it over the network in its time; the service decides.
  func isJoinable(by registration: Lanyard_V1_Registration) -> Bool {
    let groups = session.admittedGroups
    return session.allowsRemote && registration.participation == .remote && registration.state == .confirmed
      && (isBooked || !session.requiresBooking) && (groups.isEmpty || groups.contains(registration.stakeholderGroup))
  }
}

extension VisitorCalls {
  /// The events of the installation, by their days.
  func events() async throws -> [ShownEvent] {
    var request = Lanyard_V1_ListEventsRequest()
    var events: [ShownEvent] = []
    repeat {
      let page = try await service.events.listEvents(request, metadata: metadata, options: options)
      events += try page.events.map { try ShownEvent($0) }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return events
  }

  /// - Throws: `PortalFault.notFound` where there is no such event.
  func event(_ slug: String) async throws -> ShownEvent {
    guard ResourceID.isValid(slug) else { throw PortalFault.notFound }
    do {
      let request = Lanyard_V1_GetEventRequest.with { $0.name = ResourceName.event(slug).description }
      return try ShownEvent(try await service.events.getEvent(request, metadata: metadata, options: options))
    } catch let error as RPCError where error.code == .notFound {
      throw PortalFault.notFound
    }
  }

  /// The sessions of an event by their times; who has shown a personal link sees which they have booked.
  func sessions(of slug: String) async throws -> [ShownSession] {
    var request = Lanyard_V1_ListSessionsRequest()
    request.parent = ResourceName.event(slug).description
    request.pageSize = Int32(RequestLimit.page)
    var sessions: [ShownSession] = []
    repeat {
      let page = try await service.events.listSessions(request, metadata: metadata, options: options)
      sessions += try page.sessions.map { try ShownSession($0) }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return sessions
  }
}
