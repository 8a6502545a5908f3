import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// One run of `ImportRegistrations`: takes message after message and sums up what came of the rows. While the rows of one
/// message are written, those of the next are checked.
struct RegistrationImport {
  /// The most rows of one message, which are one transaction.
  static let rowLimit = 500
  /// The most faults that the answer lists.
  static let faultLimit = 5000
  /// The most characters of a fault.
  static let reasonLimit = 300

  /// The rows of a message that are well-formed.
  private struct Batch {
    var numbers: [Int32] = []
    var details: [RegistrationDetails] = []
  }

  let event: Event
  let store: any RegistrationStore
  let act: Act
  let clock: ServerClock
  /// Of what is said of refused rows.
  let language: Language
  private(set) var response = Lanyard_V1_ImportRegistrationsResponse()

  /// - Parameter act: Whose it is; each message is written as of when it comes.
  init(event: Event, store: any RegistrationStore, act: Act, clock: ServerClock, language: Language) {
    self.language = language
    self.event = event
    self.store = store
    self.act = act
    self.clock = clock
  }

  /// Takes a message and all that follow it.
  mutating func run(
    _ first: Lanyard_V1_ImportRegistrationsRequest,
    _ others: RPCAsyncSequence<Lanyard_V1_ImportRegistrationsRequest, any Error>.AsyncIterator
  ) async throws {
    var others = others
    var batch: Batch? = try checked(first)
    while let current = batch {
      async let outcomes = Self.write(current.details, for: event.slug, act.at(clock.now), to: store)
      batch = try await others.next().map { try checked($0) }
      for (row, outcome) in zip(current.numbers, try await outcomes) { count(outcome, row: row) }
    }
  }

  private static func write(
    _ details: [RegistrationDetails],
    for event: String,
    _ act: Act,
    to store: any RegistrationStore
  ) async throws -> [ImportOutcome] {
    details.isEmpty ? [] : try await store.importRegistrations(act, details, for: event)
  }

  private mutating func checked(_ message: Lanyard_V1_ImportRegistrationsRequest) throws(InvalidInput) -> Batch {
    guard message.parent.isEmpty || message.parent == ResourceName.event(event.slug).description else {
      throw InvalidInput(field: "parent", .request(.otherEventOnStream))
    }
    guard message.rows.count <= Self.rowLimit else {
      throw InvalidInput(field: "rows", .tooManyRows(limit: Self.rowLimit))
    }
    var batch = Batch()
    for row in message.rows {
      do throws(InvalidInput) {
        batch.details.append(try RegistrationServiceProvider.details(row.registration, for: event, under: ""))
        batch.numbers.append(row.row)
      } catch {
        refuse(row.row, error.violations)
      }
    }
    return batch
  }

  private mutating func count(_ outcome: ImportOutcome, row: Int32) {
    switch outcome {
    case .imported(let state):
      response.imported += 1
      if state == .waitlisted { response.waitlisted += 1 }
    case .unchanged:
      response.unchanged += 1
    case .ended(let state):
      refuse(row, [FieldViolation(field: "email", .registrationEnded(state: state))])
    case .differs(let field):
      refuse(row, [FieldViolation(field: field, .differsFromLive)])
    }
  }

  private mutating func refuse(_ row: Int32, _ violations: [FieldViolation]) {
    response.refusedCount += 1
    for violation in violations where response.refused.count < Self.faultLimit {
      response.refused.append(
        .with {
          $0.row = row
          $0.field = violation.field
          $0.reason = String(violation.reason(in: language).prefix(Self.reasonLimit))
        }
      )
    }
  }
}
