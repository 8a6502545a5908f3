import GRPCCore
import LanyardAPI
package import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Who calls, once authenticated.
package struct Caller: Sendable, Hashable {
  /// What the caller is known by.
  package enum Standing: Sendable, Hashable {
    /// A bearer token of this role, for the event with this slug alone; for all events where it is nil.
    case token(Role, event: String? = nil)
    /// A client certificate of this device.
    case device(Device)
    /// A personal link of the registration of this id, of the event with this slug: reads and changes that one alone.
    case participant(registration: String, event: String)
    /// No credential: knows what is public, registers, and confirms an address.
    case stranger
  }

  /// Somebody without a credential.
  static let stranger = Caller(id: "", standing: .stranger)

  /// Id of the token, the device or the registration.
  package let id: String
  package let standing: Standing
  /// Id of the sign-in, where it calls as one who signed in with its token.
  package let signIn: String?

  package init(id: String, standing: Standing, signIn: String? = nil) {
    self.id = id
    self.standing = standing
    self.signIn = signIn
  }

  /// Whether people may sign in with its token.
  var maySignIn: Bool { AccessPolicy.signingIn.admits(self) }

  /// Whether it reads the trail as a whole, and not only what became of one registration or badge.
  var readsTrail: Bool { AccessPolicy.auditing.admits(self) }

  /// Whether it may override refusals and take back what others scanned.
  package var isSupervisor: Bool { AccessPolicy.overriding.admits(self) }

  /// Whether it may find people by name.
  package var maySearch: Bool { AccessPolicy.searching.admits(self) }

  /// Whether it may give a badge to whose badge was revoked.
  var mayIssueAgain: Bool { AccessPolicy.issuingAgain.admits(self) }

  /// Whether it reads how many badges of all events each key signed.
  var countsKeys: Bool { AccessPolicy.keeping.admits(self) && event == nil }

  /// Whether it may decide on people: lift a rejection, put somebody into what the event reviews, go over the capacity.
  var mayDecide: Bool { AccessPolicy.deciding.admits(self) }

  /// Whether it reads what was noted about people, which is for those who work with them: no participant, and no kiosk.
  var readsNotes: Bool { AccessPolicy.registering.admits(self) }

  /// Whether it sees what others printed; a kiosk knows of its own prints alone.
  var seesPrints: Bool { AccessPolicy.registering.admits(self) }

  /// What it may settle with registrations: a participant with their own alone.
  var discretion: Discretion { ownRegistration == nil ? Discretion(mayDecide: mayDecide) : .participant }

  /// The registration that a participant reads and changes, and no other; nil for all others.
  var ownRegistration: (id: String, event: String)? {
    if case .participant(let registration, let event) = standing { (registration, event) } else { nil }
  }

  /// Whether they show no credential.
  var isStranger: Bool { standing == .stranger }

  /// Whether they get of an event and its sessions what is for everyone.
  var knowsWhatIsPublic: Bool { isStranger || ownRegistration != nil }

  /// As it reports scans; nobody without a credential does.
  var reporter: Reporter {
    switch standing {
    case .token, .stranger: Reporter(.token, id: id)
    case .device: Reporter(.device, id: id)
    case .participant: Reporter(.participant, id: id)
    }
  }

  package var device: Device? {
    if case .device(let device) = standing { device } else { nil }
  }

  /// Slug of the event that it is bound to; nil where it may work for all.
  package var event: String? {
    switch standing {
    case .token(_, let event): event
    case .device(let device): device.event
    case .participant(_, let event): event
    case .stranger: nil
    }
  }

  /// The one event that it lists, which it is bound to; nil where it lists all.
  var listedEvent: String? { event }

  /// Ids of the checkpoints whose areas it follows: those that it names, else those of its device.
  func followed(_ named: [String]) -> [String] {
    named.isEmpty ? device?.checkpoints ?? [] : named
  }

  func has(_ right: ScanRight) -> Bool {
    switch right {
    case .overriding: isSupervisor
    case .searching: maySearch
    }
  }

  /// Throws where a scan asks for more than the caller may.
  fileprivate func require(_ rights: Set<ScanRight>) throws(RPCError) {
    for right in ScanRight.allCases where rights.contains(right) && !has(right) {
      switch right {
      case .overriding: throw .make(.supervisorNeeded, .errorSupervisorNeeded)
      case .searching: throw .make(.searchNotAllowed, .errorSearchNotAllowed)
      }
    }
  }
}

extension SubmittedScan {
  /// A caller's scan, checked for form and for what the caller may ask with it.
  ///
  /// - Throws: `InvalidInput`; `RPCError` PERMISSION_DENIED where it asks for more than the caller may.
  init(
    _ scan: Lanyard_V1_Scan,
    at checkpoint: CheckpointAddress,
    by caller: Caller,
    received: Instant,
    under prefix: String
  ) throws {
    try self.init(scan, at: checkpoint, reporter: caller.reporter, received: received, under: prefix)
    try caller.require(rights)
  }
}

/// The transport's context with the caller that authentication found.
struct AuthenticatedContext: ServerContext.TransportSpecific {
  let caller: Caller
  /// The language of what the caller is told.
  let language: CallLanguage
  /// The call's.
  let request: RequestID
  /// Where whoever visits the pages that call comes from, else the caller.
  let visitor: VisitorAddress
  /// Tells open calls that their device was changed or revoked by this server.
  let devices: DeviceCheck
  /// Number of the call there; nil where no device makes it.
  let deviceCall: Int?
  /// Tells open calls that somebody's token or device was revoked, by whomever.
  let callers: CallerFeed
  /// Looks the caller up anew; throws `RPCError` UNAUTHENTICATED where the token or the device was revoked, UNAVAILABLE where
  /// the device may do other things than when it called.
  let lookUp: @Sendable () async throws -> Void
  let transport: (any ServerContext.TransportSpecific)?
}

/// The transport's context with the id of a call that is open to everyone.
struct StrangersContext: ServerContext.TransportSpecific {
  let request: RequestID
}

extension ServerContext {
  /// The caller that authentication found.
  ///
  /// - Throws: An `RPCError` where the method is open to everyone, so that nobody was asked for.
  var caller: Caller {
    get throws {
      guard let context = transportSpecific as? AuthenticatedContext else { throw Authentication.missing }
      return context.caller
    }
  }

  /// Where whoever calls comes from, or visits the pages that call.
  var visitor: VisitorAddress {
    (transportSpecific as? AuthenticatedContext)?.visitor ?? VisitorAddress(peer: remotePeer, stated: nil)
  }

  /// Number of the call among the open ones of devices; nil where no device makes it.
  var deviceCall: Int? { (transportSpecific as? AuthenticatedContext)?.deviceCall }

  /// The event of a list that may go over all of them: the one that its parent names, else the one that the caller is
  /// bound to; nil for all.
  func eventOrEvery(_ parent: String, field: String) throws -> String? {
    try ResourceName.eventOrEvery(parent, field: field) ?? caller.event
  }

  /// The language of what the caller is told.
  var language: Language {
    get async { await (transportSpecific as? AuthenticatedContext)?.language.language ?? .english }
  }

  /// Runs a call that stays open until it is over or its caller is revoked, or may do other things, whichever comes first: at
  /// once where this server does that to a device, and within little more than a second where another process does, or a
  /// token is revoked.
  ///
  /// - Throws: What the body throws, or `RPCError` UNAUTHENTICATED where the caller was revoked, UNAVAILABLE where its device
  ///   was changed.
  func whileAllowed(_ body: @escaping @Sendable () async throws -> Void) async throws {
    guard let context = transportSpecific as? AuthenticatedContext else { throw Authentication.missing }
    guard let device = context.caller.device else { return try await context.run(body, nil) }
    try await context.devices.whileOpen(device.id) { looks, _ in try await context.run(body, looks) }
  }
}

extension AuthenticatedContext {
  /// - Parameter looks: Has an element whenever the caller is to be looked up anew.
  fileprivate func run(_ body: @escaping @Sendable () async throws -> Void, _ looks: AsyncStream<Void>?) async throws {
    // What comes after this is told; what came before it, since the call began, the look-up finds.
    let start = try await callers.head(for: caller)
    try await lookUp()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask(operation: body)
      group.addTask {
        var sequence = start
        while true {
          sequence = try await callers.ending(for: caller, after: sequence)
          try await lookUp()
        }
      }
      if let looks {
        // It ends only where it is cancelled, or the caller may not go on.
        group.addTask { for await _ in looks { try await lookUp() } }
      }
      defer { group.cancelAll() }
      _ = try await group.next()
    }
  }
}
