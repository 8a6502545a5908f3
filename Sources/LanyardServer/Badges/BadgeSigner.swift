package import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
package import LanyardDomain
import LanyardMessages
package import LanyardStore
import LanyardTexts
import Synchronization

/// The keys that sign badge codes and verify them, as the store has them now.
package final class BadgeSigner: Sendable {
  fileprivate struct State: Sendable {
    /// All keys as stored, oldest first.
    var keys: [StoredSigningKey]
    /// The newest that is not retired; nil where the server was not given what opens it.
    var signing: SigningKey?
    var ring: VerificationKeyRing
    /// Of the others that are encrypted those that the server can open, by what is stored of each.
    var opened: [[UInt8]: Bool] = [:]
  }

  private let store: any BadgeStore
  private let secret: KeySecret?
  private let state: Mutex<State>

  /// Loads the keys, makes the first one where there is none, and encrypts those that are not where there is a secret.
  ///
  /// - Parameter secret: What encrypts the private halves, and opens them.
  package static func load(
    from store: any BadgeStore,
    clock: ServerClock,
    secret: KeySecret? = nil
  ) async throws -> BadgeSigner {
    var keys = try await store.signingKeys()
    if keys.isEmpty {
      keys = try await store.addSigningKey(.server(at: clock.now), try made(secret, at: clock.now))
    }
    if let secret {
      let plain = try keys.compactMap { key -> StoredSigningKey? in
        guard case .plain(let bytes) = key.privateHalf else { return nil }
        return try stored(SigningKey(id: key.id, rawRepresentation: bytes), secret, at: key.createdAt)
      }
      if !plain.isEmpty { keys = try await store.sealSigningKeys(.server(at: clock.now), plain) }
    }
    return BadgeSigner(store, secret, try State(keys, secret))
  }

  private init(_ store: any BadgeStore, _ secret: KeySecret?, _ state: State) {
    (self.store, self.secret) = (store, secret)
    self.state = Mutex(state)
  }

  private static func made(_ secret: KeySecret?, at now: Instant) throws -> StoredSigningKey {
    try stored(SigningKey.generate(id: UInt32.random(in: 1...UInt32.max)), secret, at: now)
  }

  private static func stored(_ key: SigningKey, _ secret: KeySecret?, at now: Instant) throws -> StoredSigningKey {
    StoredSigningKey(
      id: key.id,
      try secret.map { .sealed(try $0.seal(key)) } ?? .plain(key.rawRepresentation),
      publicKey: key.verificationKey.rawRepresentation,
      createdAt: now
    )
  }

  /// The public keys that verify.
  package var ring: VerificationKeyRing { state.withLock { $0.ring } }

  /// Whether no new badge can be signed, as the keys are encrypted and the server was not given what opens them.
  package var isLocked: Bool { state.withLock { $0.signing == nil } }

  /// Reads the keys anew, which another process or call may have changed.
  @discardableResult
  package func reload() async throws -> VerificationKeyRing { try take(try await store.signingKeys()) }

  private func take(_ keys: [StoredSigningKey]) throws -> VerificationKeyRing {
    let known = state.withLock { $0 }
    guard keys != known.keys else { return known.ring }
    // Opening a key takes a tenth of a second, in which codes go on to be read.
    let new = try State(keys, secret, after: known)
    state.withLock { $0 = new }
    return new.ring
  }

  /// Makes another key, which signs from then on.
  ///
  /// - Parameter locked: Whether to do so although the keys that are there cannot be opened.
  /// - Throws: `RPCError` FAILED_PRECONDITION where they cannot be opened.
  func rotate(_ act: Act, at now: Instant, although locked: Bool) async throws -> StoredSigningKey {
    guard !isLocked || locked else { throw Self.locked }
    let key = try Self.made(secret, at: now)
    let keys = try await store.addSigningKey(act, key)
    _ = try take(keys)
    return keys.first { $0.id == key.id } ?? key
  }

  /// Retires a key.
  ///
  /// - Throws: `StoreError.keySigns`, `keyInUse`, `notFound`.
  func retire(_ act: Act, _ id: UInt32) async throws -> StoredSigningKey {
    let keys = try await store.signingKeys()
    guard let key = keys.first(where: { $0.id == id }) else { throw StoreError.notFound(.verificationKey(id)) }
    let left = try await store.retireSigningKey(act, id, publicKey: try key.verificationKey.rawRepresentation)
    _ = try take(left)
    guard let retired = left.first(where: { $0.id == id }) else { throw StoreError.notFound(.verificationKey(id)) }
    return retired
  }

  /// The key as callers read it.
  func message(_ key: StoredSigningKey, _ use: SigningKeyUse?) throws -> Lanyard_V1_VerificationKey {
    let (newest, isLocked) = state.withLock { ($0.newest?.id, $0.isLocked(key)) }
    return try Lanyard_V1_VerificationKey(key, signs: key.id == newest, isLocked: isLocked, use)
  }

  private static let locked = RPCError.make(.keysLocked, .errorKeysLocked)

  /// A signed badge for a registration, valid for the days of its event.
  package func draft(for registration: Registration, of event: Event) throws -> BadgeDraft {
    try drafts(for: [registration], of: event, valid: span(of: event))[0]
  }

  /// Signed badges for many registrations, in their order; all cores sign.
  package func drafts(for registrations: [Registration], of event: Event) async throws -> [BadgeDraft] {
    let span = try span(of: event)
    return try await withThrowingTaskGroup(of: (Int, [BadgeDraft]).self) { group in
      for start in stride(from: 0, to: registrations.count, by: Self.atOnce) {
        group.addTask { [self] in
          let end = min(start + Self.atOnce, registrations.count)
          return (start, try drafts(for: registrations[start..<end], of: event, valid: span))
        }
      }
      let parts = try await group.reduce(into: []) { $0.append($1) }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// How many badges one task signs: some milliseconds of work.
  private static let atOnce = 100

  private func drafts(
    for registrations: some Collection<Registration>,
    of event: Event,
    valid span: Range<Instant>
  ) throws -> [BadgeDraft] {
    guard let key = state.withLock({ $0.signing }) else { throw Self.locked }
    let payloads = try registrations.map { registration in
      try BadgePayload(
        keyID: key.id,
        serial: BadgeSerial.random().rawValue,
        event: event.slug,
        stakeholderGroup: event.groupNumber(registration.details.stakeholderGroup),
        participation: registration.details.participation,
        validFrom: span.lowerBound.seconds,
        validUntil: span.upperBound.seconds - 1
      )
    }
    return zip(zip(registrations, payloads), try key.sign(payloads)).map { subject, code in
      BadgeDraft(
        serial: BadgeSerial(subject.1.serial),
        registration: subject.0.id,
        code: code,
        keyID: key.id,
        validity: span
      )
    }
  }

  private func span(of event: Event) throws -> Range<Instant> {
    guard let span = event.span else { throw InvalidInput(field: "event.end_date", .noDate) }
    return span
  }

  /// What a text is that is no recorded badge's code, and what is kept of it.
  package func read(_ text: String) -> CodeReading {
    var trace: CodeTrace?
    do throws(BadgeCodeError) {
      let code = try UnverifiedBadgeCode(reading: text)
      trace = CodeTrace(serial: BadgeSerial(code.claimedSerial), event: code.claimedEvent)
      return CodeReading(.unrecorded(event: try ring.verify(code).payload.event), trace)
    } catch {
      return CodeReading(BadgeReading(error), trace ?? CodeTrace(ofUnreadable: text))
    }
  }
}

extension BadgeSigner.State {
  /// - Parameter known: Of which the key that signs is taken over where it is the same: opening one takes time.
  init(_ keys: [StoredSigningKey], _ secret: KeySecret?, after known: BadgeSigner.State? = nil) throws {
    self.keys = keys
    ring = VerificationKeyRing(try keys.filter { $0.retiredAt == nil }.map { try $0.verificationKey })
    guard let newest else { throw BadgeKeyError.backendFailure }
    if let opened = known?.signing, opened.id == newest.id {
      signing = opened
    } else {
      signing =
        switch newest.privateHalf {
        case .plain(let bytes): try SigningKey(id: newest.id, rawRepresentation: bytes)
        case .sealed(let bytes): try secret?.open(bytes, id: newest.id)
        case .destroyed: nil
        }
    }
    // They sign nothing; whether they can be opened tells who keeps several secrets which one is needed for a backup.
    for key in keys where key.id != newest.id {
      guard case .sealed(let bytes) = key.privateHalf else { continue }
      opened[bytes] = try known?.opened[bytes] ?? (try secret?.open(bytes, id: key.id) != nil)
    }
  }

  /// Whether a key is encrypted and cannot be opened.
  func isLocked(_ key: StoredSigningKey) -> Bool {
    guard case .sealed(let bytes) = key.privateHalf else { return false }
    return key.id == newest?.id ? signing == nil : opened[bytes] != true
  }

  /// The one that signs, as `SigningKeys` has it.
  var newest: StoredSigningKey? {
    let signing = SigningKeys(keys).signing
    return keys.first { $0.id == signing }
  }
}

extension StoredSigningKey {
  /// The public half.
  var verificationKey: VerificationKey {
    get throws(BadgeKeyError) {
      if let publicKey { return try VerificationKey(id: id, rawRepresentation: publicKey) }
      guard case .plain(let bytes) = privateHalf else { throw .backendFailure }
      return try SigningKey(id: id, rawRepresentation: bytes).verificationKey
    }
  }
}
