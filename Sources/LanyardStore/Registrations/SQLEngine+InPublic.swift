package import LanyardDomain

extension SQLEngine {
  package func registerInPublic(
    _ act: Act,
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?,
    verification: VerificationDraft
  ) async throws(StoreError) {
    try await write(act, of: .event(event)) { session, trail in
      try RegistrationRun.run(event, trail, session) { run in
        try EventRow.find(event, session).event.requireOpen(at: trail.now())
        let earlier = try EarlierRequest.find(request, for: run.event.key, session)
        guard case .made(let state) = try run.fold.registerInPublic(request: request, earlier: earlier) else { return }
        let made = try run.add(details, state, request: request)
        let key = try RegistrationRow.key(of: made.id, of: run.event, session)
        try VerificationTable(session).add(verification, to: key, at: trail.recordedAt())
      }
    }
  }

  package func verification(_ id: String) async throws(StoreError) -> StoredVerification? {
    try await read { session in try VerificationTable(session).find(id) }
  }

  package func verification(of registration: String, _ event: String) async throws(StoreError) -> StoredVerification? {
    try await read { session in
      try VerificationTable(session).find(of: registration, EventKey.find(event, session))
    }
  }

  package func verifyEmail(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> VerifiedEmail? {
    try await write(act, of: .event(event)) { session, trail in
      try RegistrationRun.run(event, trail, session) { run in
        let table = VerificationTable(session)
        guard let token = try table.find(id), token.event == event, try trail.now() < token.expiresAt else {
          return nil
        }
        var row = try RegistrationRow.find(token.registration, of: run.event, session)
        guard row.registration.state == .emailPending else {
          return VerifiedEmail(registration: row.registration, wasVerified: true)
        }
        guard try trail.now() < row.registration.createdAt + EmailVerification.patience else { return nil }
        let other = try RegistrationRow.last(row.registration.details, of: run.event, session)
        let verified: (details: RegistrationDetails, state: RegistrationState)
        do throws(RegistrationRefused) {
          verified = try run.fold.verify(row.registration.details, last: other?.registration.state)
        } catch {
          guard let other else { throw error }
          try table.use(id, leadingTo: other.key, at: trail.recordedAt())
          try run.end(pending: &row)
          return VerifiedEmail(registration: other.registration, wasVerified: true)
        }
        try run.verify(&row, as: verified)
        try table.use(id, leadingTo: row.key, at: trail.recordedAt())
        return VerifiedEmail(registration: row.registration, wasVerified: false)
      }
    }
  }

  package func requestLink(_ act: Act, of email: String, _ event: String) async throws(StoreError) {
    try await write(act, of: .event(event)) { session, trail in
      let place = (slug: event, key: try trail.feed.key(of: event))
      let last = try RegistrationRow.last(of: email, event: place, session)
      let found = try last ?? RegistrationRow.pending(of: email, event: place, session)
      try trail.record(found.map { .linkRequested($0.registration) } ?? .linkRequested(inVain: event))
    }
  }

  package func lastingLink(
    _ act: Act,
    else link: StoredPersonalLink
  ) async throws(StoreError) -> StoredPersonalLink {
    let valid = try await read { session -> StoredPersonalLink? in
      let event = (slug: link.event, key: try EventKey.find(link.event, session))
      let key = try RegistrationRow.key(of: link.registration, of: event, session)
      return try PersonalLinkTable.newest(of: key, validAt: link.createdAt, session)
    }
    if let valid { return valid }
    return try await write(act, of: .event(link.event)) { session, trail in
      try PersonalLinkTable(session: session, trail: trail, event: link.event).make(link, endingOthers: false)
      return link
    }
  }

  package func endPending(_ act: Act, of event: String) async throws(StoreError) -> Int {
    let moment = act.asked.moments(notBefore: nil).decided - EmailVerification.patience
    let isAny = try await read { session in
      let place = (slug: event, key: try EventKey.find(event, session))
      return try !RegistrationRow.pending(of: place, madeUntil: moment, limit: 1, session).isEmpty
    }
    var count = 0
    if isAny {
      count = try await write(act, of: .event(event)) { session, trail in
        try RegistrationRun.run(event, trail, session) { run in
          let limit = EmailVerification.part
          let rows = try RegistrationRow.pending(of: run.event, madeUntil: moment, limit: limit, session)
          for var row in rows { try run.end(pending: &row) }
          return rows.count
        }
      }
    }
    // Those too whose address was registered otherwise.
    try await clearTraces()
    return count
  }
}
