import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Somebody's own registration: where it stands, what to do next, and what can be done with it.
struct OwnPage: Sendable {
  /// One thing to do next.
  struct Step: Sendable {
    let lead: String
    let more: String?
  }

  /// A booked session.
  struct Booking: Sendable {
    let row: SessionRow
    let when: String
    let action: String
  }

  /// A button, and what comes of it.
  struct Action: Sendable {
    let href: String
    let label: String
    let text: String
    let isRisky: Bool
    /// A file to download, where it is no page.
    var isFile = false
  }

  let event: String
  let state: StateTag
  let facts: String
  let name: String
  let email: String
  let badge: BadgeView?
  let steps: [Step]
  let bookings: [Booking]
  let hasBookings: Bool
  let canBook: Bool
  let live: [SessionRow]
  let hasLive: Bool
  let actions: [Action]
}

/// Where a registration stands: a colour, a symbol and words, never one alone.
struct StateTag: Sendable {
  let signal: String
  let words: String

  init(_ registration: Lanyard_V1_Registration, in text: PageText) {
    let isRemote = registration.participation == .remote
    switch registration.state {
    case .confirmed:
      (signal, words) = ("ok", text(isRemote ? .portalConfirmedRemote : .portalConfirmedOnsite))
    case .waitlisted:
      signal = "warn"
      let place = Int(registration.waitingPlace)
      words = place > 0 ? text(.portalWaitingAt, ["count": .count(place)]) : text(.portalWaiting)
    case .submitted: (signal, words) = ("off", text(.portalUnderReview))
    case .emailPending: (signal, words) = ("off", text(.portalEmailPending))
    case .rejected: (signal, words) = ("stop", text(.portalNotAccepted))
    case .cancelled: (signal, words) = ("stop", text(.portalCancelled))
    case .unspecified, .UNRECOGNIZED: (signal, words) = ("off", text(registration.state.title))
    }
  }
}

/// Draws somebody's own page.
struct OwnPageDrawing: Sendable {
  let registration: Lanyard_V1_Registration
  let shown: ShownEvent
  let badge: Lanyard_V1_Badge?
  let sessions: [ShownSession]
  let now: Instant
  let text: PageText

  private var event: Event { shown.event }
  private var isLive: Bool { [.confirmed, .waitlisted, .submitted].contains(registration.state) }
  private var isRemote: Bool { registration.participation == .remote }

  func page() throws -> OwnPage {
    let booked = sessions.filter(\.isBooked)
    let live = sessions.filter { $0.isJoinable(by: registration) && isOn($0) }
    return OwnPage(
      event: event.slug,
      state: StateTag(registration, in: text),
      facts: text(
        .portalRegisteredOn,
        ["moment": .moment(Instant(shown: registration.createTime), VenueTime(zone: event.timeZone))]
      ),
      name: registration.displayName,
      email: registration.email,
      badge: try badge.map { try BadgeView($0, of: registration, event, in: text) },
      steps: steps,
      bookings: booked.map(booking),
      hasBookings: !booked.isEmpty,
      canBook: isLive && sessions.contains { $0.session.requiresBooking },
      live: live.map { SessionRow($0, of: event, in: text) },
      hasLive: !live.isEmpty,
      actions: actions
    )
  }

  /// Whether a session is on now, or nearly.
  private func isOn(_ booking: ShownSession) -> Bool {
    let span = booking.session.span
    return now >= span.lowerBound - RemotePresence.early && now < span.upperBound
  }

  private func booking(_ booked: ShownSession) -> OwnPage.Booking {
    let clock = VenueTime(zone: booked.session.timeZone)
    let span = booked.session.span
    return OwnPage.Booking(
      row: SessionRow(booked, of: event, in: text),
      when: text(
        .portalDayAndTimes,
        [
          "day": .text(text.phrasebook.day(booked.session.timeZone.calendar.day(containing: span.lowerBound).date)),
          "start": .timeOfDay(span.lowerBound, clock), "end": .timeOfDay(span.upperBound, clock),
        ]
      ),
      action: "/\(event.slug)/me/sessions/\(booked.session.id)"
    )
  }

  private var steps: [OwnPage.Step] {
    func step(_ lead: Sentence.Key, _ more: Sentence.Key? = nil) -> OwnPage.Step {
      OwnPage.Step(lead: text(lead), more: more.map { text($0) })
    }
    switch registration.state {
    case .confirmed where isRemote:
      return [step(.portalStepJoin, .portalStepJoinMore), step(.portalStepBook, .portalStepBookMore)]
    case .confirmed where badge == nil:
      return [
        step(.portalStepBadgeComes, .portalStepBadgeComesMore), step(.portalStepPassport, .portalStepPassportMore),
      ]
    case .confirmed:
      return [
        step(.portalStepSave, .portalStepSaveMore), step(.portalStepPassport, .portalStepPassportMore),
        step(.portalStepCollect, .portalStepCollectMore),
      ]
    case .waitlisted:
      let wait = step(.portalStepWait, .portalStepWaitMore)
      return event.allowsRemote ? [wait, step(.portalStepRemote, .portalStepRemoteMore)] : [wait]
    case .submitted: return [step(.portalStepReview, .portalStepReviewMore)]
    case .emailPending: return [step(.portalStepMail)]
    case .rejected: return [step(.portalStepRejected)]
    case .cancelled: return [step(.portalStepCancelled)]
    case .unspecified, .UNRECOGNIZED: return []
    }
  }

  private var actions: [OwnPage.Action] {
    func action(
      _ path: String,
      _ label: Sentence.Key,
      _ told: Sentence.Key,
      isRisky: Bool = false,
      isFile: Bool = false
    )
      -> OwnPage.Action
    {
      OwnPage.Action(
        href: "/\(event.slug)/me/\(path)",
        label: text(label),
        text: text(told),
        isRisky: isRisky,
        isFile: isFile
      )
    }
    func action(_ step: OwnStep) -> OwnPage.Action {
      action(step.path, step.heading, step.consequence, isRisky: step.isRisky)
    }
    var actions: [OwnPage.Action] = []
    if isLive {
      actions.append(action("change", .portalChange, .portalChangeText))
      if event.allowsRemote { actions.append(action(isRemote ? .onsite : .remote)) }
    }
    if registration.state == .cancelled { actions.append(action(.restore)) }
    actions.append(action("data", .portalMyData, .portalMyDataText))
    if isLive { actions.append(action(.cancel)) }
    actions.append(action(.erase))
    actions.append(action(.leave))
    return actions
  }
}
