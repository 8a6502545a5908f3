package import BadgeCodes
import Foundation
package import LanyardDomain
package import LanyardStore

/// The keys that sign badge codes and verify them.
package struct BadgeSigner: Sendable {
  private let key: SigningKey
  package let ring: VerificationKeyRing
  /// All keys as stored, oldest first.
  let keys: [StoredSigningKey]

  /// Loads the keys, and makes the first one where there is none.
  package static func load(from store: any BadgeStore, clock: ServerClock) async throws -> BadgeSigner {
    var keys = try await store.signingKeys()
    if keys.isEmpty {
      let id = UInt32.random(in: 1...UInt32.max)
      let new = try SigningKey.generate(id: id)
      keys = try await store.addSigningKey(
        .server(at: clock.now),
        StoredSigningKey(id: id, privateKey: new.rawRepresentation, createdAt: clock.now)
      )
    }
    return try BadgeSigner(keys: keys)
  }

  private init(keys: [StoredSigningKey]) throws {
    let signing = try keys.map { try SigningKey(id: $0.id, rawRepresentation: $0.privateKey) }
    // The oldest: of two nodes that made the first key at once, both sign with the same.
    guard let oldest = signing.first else { throw BadgeKeyError.backendFailure }
    key = oldest
    ring = VerificationKeyRing(signing.map(\.verificationKey))
    self.keys = keys
  }

  /// A signed badge for a registration, valid for the days of its event.
  package func draft(for registration: Registration, of event: Event) throws -> BadgeDraft {
    try drafts(for: [registration], of: event, valid: span(of: event))[0]
  }

  /// Signed badges for many registrations, in their order; all cores sign.
  package func drafts(for registrations: [Registration], of event: Event) async throws -> [BadgeDraft] {
    let span = try span(of: event)
    return try await withThrowingTaskGroup(of: (Int, [BadgeDraft]).self) { group in
      for start in stride(from: 0, to: registrations.count, by: Self.atOnce) {
        group.addTask {
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
