import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts

/// Decides of every message of a call whether its caller, who is bound to an event or shows no credential, may ask for what it
/// names. It alone decides this, for all methods.
struct PlaceCheck<Request: Sendable>: Sendable {
  let caller: Caller
  /// Slug of the caller's event; nil where they show no credential.
  let event: String?
  let names: RequestNames<Request>
  /// Where whose badge it is is looked up, for participants, and whether an event has public pages.
  let store: any BadgeStore & ProgrammeStore

  /// - Throws: `RPCError` PERMISSION_DENIED where the message names what is not for the caller; `InvalidInput` where it names
  ///   nothing.
  func admit(_ message: Request, isFirst: Bool) async throws {
    switch names.source {
    case .one(let kind, let field, let name):
      let text = name(message)
      if text.isEmpty && names.mayBeLeftAway && !isFirst { return }
      try await admit(RequestedName(kind, text, field: field))
    case .many(let names):
      for name in try names(message) { try await admit(name) }
    }
  }

  private func admit(_ name: RequestedName) async throws {
    guard let event else { return try await requirePublic(name) }
    switch caller.standing {
    case .token:
      guard try isOfEvent(name, event) else { throw RPCError.eventNotAllowed(event) }
    case .device(let device):
      guard try isOfEvent(name, event) else { throw RPCError.placeNotAllowed(device) }
      if name.kind == .device {
        guard try name.resource().id == device.id else { throw RPCError.otherDevice }
      }
      guard name.kind == .door, !device.checkpoints.isEmpty else { return }
      guard device.mayScan(at: try name.resource().id) else { throw RPCError.doorNotAllowed(device) }
    case .participant(let registration, _):
      guard try await isOwn(name, registration, event) else { throw RPCError.notYours }
    case .stranger: try await requirePublic(name)
    }
  }

  /// An event without public pages is for strangers as if it were not there.
  private func requirePublic(_ name: RequestedName) async throws {
    let resource = try name.resource()
    guard let event = resource.event else { throw Authentication.missing }
    guard try await store.event(event).hasPublicPages else { throw StoreError.notFound(.event(event)) }
  }

  private func isOfEvent(_ name: RequestedName, _ event: String) throws(InvalidInput) -> Bool {
    // Which of an event's registrations may be meant, the service says.
    if name.kind == .ownRegistration { return true }
    // What begins so can be of no other event, and lanes ask often.
    if ResourceName.isText(name.text, within: event) { return true }
    let resource = try name.resource()
    return resource == .everyEvent ? name.kind == .eventOrEvery : resource.event == event
  }

  /// Whether something is of the participant's own registration, or their event as all may know it. What is not there
  /// is as little theirs as what is somebody else's.
  private func isOwn(_ name: RequestedName, _ registration: String, _ event: String) async throws -> Bool {
    switch try name.resource() {
    case .event(event): return true
    case .session(_, of: event), .question(_, of: event): return true
    case .registration(registration, of: event), .registration(ResourceName.own, of: event): return true
    case .badge(let serial, of: event):
      return try await store.existingBadge(serial, of: event)?.registration == registration
    case .event, .everyEvent, .registration, .badge, .session, .checkpoint, .question, .checkIn, .conflict,
      .device,
      .enrolmentCode,
      .printRun, .mail, .attendance, .verificationKey, .token, .signIn:
      return false
    }
  }
}

extension StreamingServerRequest where Message: Sendable {
  /// The request with a check of each message as it is read, where the caller is bound to an event.
  ///
  /// - Throws: `RPCError` INTERNAL where the policy does not know the method's requests.
  func checked(
    by access: MethodAccess,
    for caller: Caller,
    store: any BadgeStore & ProgrammeStore,
    _ method: MethodDescriptor
  ) throws -> StreamingServerRequest<Message> {
    guard caller.event != nil || caller.isStranger else { return self }
    let names: RequestNames<Message>?
    do {
      names = try access.names(of: Message.self)
    } catch {
      throw RPCError.make(
        .methodWithoutPlace,
        Sentence(.errorMethodWithoutPlace, ["method": .text(method.fullyQualifiedMethod)])
      )
    }
    guard let names else { return self }
    let check = PlaceCheck(caller: caller, event: caller.event, names: names, store: store)
    return looked { try await check.admit($0, isFirst: $1) }
  }

  /// The request, of whose first message the language is told what it names, where nothing else says what it is.
  func noting(_ language: CallLanguage, by access: MethodAccess, for caller: Caller) -> StreamingServerRequest<Message>
  {
    // Where the policy does not know the method's requests, they name nothing that it knows.
    guard !language.isAsked, caller.event == nil, let names = try? access.names(of: Message.self) else { return self }
    return looked { message, isFirst in
      guard isFirst else { return }
      switch names.source {
      case .one(let kind, let field, let name): language.note(RequestedName(kind, name(message), field: field))
      // What cannot be read is an error of the call, which is told elsewhere.
      case .many(let names): if let name = try? names(message).first { language.note(name) }
      }
    }
  }

  private func looked(at look: @escaping @Sendable (Message, _ isFirst: Bool) async throws -> Void) -> Self {
    StreamingServerRequest(
      metadata: metadata,
      messages: RPCAsyncSequence(wrapping: LookedMessages(messages: messages, look: look))
    )
  }
}

/// The messages of a call, each looked at when it is read.
private struct LookedMessages<Request: Sendable>: AsyncSequence, Sendable {
  typealias Failure = any Error

  struct AsyncIterator: AsyncIteratorProtocol {
    var messages: RPCAsyncSequence<Request, any Error>.AsyncIterator
    let look: @Sendable (Request, _ isFirst: Bool) async throws -> Void
    var isFirst = true

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> Request? {
      guard let message = try await messages.next(isolation: actor) else { return nil }
      try await look(message, isFirst)
      isFirst = false
      return message
    }

    mutating func next() async throws -> Request? { try await next(isolation: nil) }
  }

  let messages: RPCAsyncSequence<Request, any Error>
  let look: @Sendable (Request, _ isFirst: Bool) async throws -> Void

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(messages: messages.makeAsyncIterator(), look: look) }
}

extension RPCError {
  fileprivate static func eventNotAllowed(_ event: String) -> RPCError {
    .make(
      .eventNotAllowed,
      Sentence(.errorEventNotAllowed, ["event": .text(ResourceName.event(event).description)]),
      metadata: ["event": ResourceName.event(event).description]
    )
  }

  fileprivate static func placeNotAllowed(_ device: Device) -> RPCError {
    .make(
      .placeNotAllowed,
      Sentence(.errorPlaceNotAllowed, ["event": .text(ResourceName.event(device.event).description)])
    )
  }

  fileprivate static func doorNotAllowed(_ device: Device) -> RPCError {
    .make(
      .placeNotAllowed,
      Sentence(.errorDoorNotAllowed, ["checkpoints": .list(device.checkpoints)])
    )
  }

  /// Says the same of another device and of none.
  fileprivate static let otherDevice = make(
    .notYours,
    .errorOtherDevice
  )

  /// Says the same of what is somebody else's and of what is not there.
  fileprivate static let notYours = make(
    .notYours,
    .errorNotYours
  )
}
