import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// One run of `ImportRegistrations`: takes message after message and sums up what came of the rows. While the rows of one
/// message are written, those of the next are checked.
struct RegistrationImport {
  /// The most characters of a fault.
  static let reasonLimit = 300
  /// The most rows of which the answer lists what differs.
  static let changedLimit = 5000

  /// The most addresses that are remembered, so that two rows of one are found.
  static let addressLimit = 200_000

  /// The rows of a message that are well-formed.
  private struct Batch {
    var numbers: [Int32] = []
    var rows: [ImportRow] = []
  }

  let event: Event
  let store: any RegistrationStore
  let act: Act
  let clock: ServerClock
  /// Of what is said of refused rows.
  let language: Language
  /// Whether only what would come of the rows is said.
  let isPreview: Bool
  /// Whether live registrations that differ from their rows are changed.
  let isUpdate: Bool
  /// The row that has an address.
  private var rowsByAddress: [String: Int32] = [:]
  /// What the rows of a preview have left so far.
  private var preview: ImportPreview?
  private(set) var response = Lanyard_V1_ImportRegistrationsResponse()

  /// - Parameters:
  ///   - act: Whose it is; each message is written as of when it comes.
  ///   - isPreview: Whether only what would come of the rows is said.
  ///   - isUpdate: Whether live registrations that differ from their rows are changed.
  init(
    event: Event,
    store: any RegistrationStore,
    act: Act,
    clock: ServerClock,
    language: Language,
    isPreview: Bool,
    isUpdate: Bool
  ) {
    self.language = language
    self.isPreview = isPreview
    self.isUpdate = isUpdate
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
    while isPreview, let current = batch {
      let found = try await store.previewImport(
        of: current.rows,
        for: event.slug,
        after: preview,
        updating: isUpdate,
        at: clock.now
      )
      preview = found.left
      for (row, outcome) in zip(current.numbers, found.outcomes) { count(outcome, row: row) }
      batch = try await others.next().map { try checked($0) }
    }
    while let current = batch {
      async let outcomes = Self.write(current.rows, for: event.slug, act.at(clock.now), updating: isUpdate, to: store)
      batch = try await others.next().map { try checked($0) }
      for (row, outcome) in zip(current.numbers, try await outcomes) { count(outcome, row: row) }
    }
  }

  private static func write(
    _ rows: [ImportRow],
    for event: String,
    _ act: Act,
    updating: Bool,
    to store: any RegistrationStore
  ) async throws -> [ImportOutcome] {
    rows.isEmpty ? [] : try await store.importRegistrations(act, rows, for: event, updating: updating)
  }

  private mutating func checked(_ message: Lanyard_V1_ImportRegistrationsRequest) throws(InvalidInput) -> Batch {
    guard message.parent.isEmpty || message.parent == ResourceName.event(event.slug).description else {
      throw InvalidInput(field: "parent", .request(.otherEventOnStream))
    }
    guard message.rows.count <= RequestLimit.rows else {
      throw InvalidInput(field: "rows", .tooManyRows(limit: RequestLimit.rows))
    }
    var batch = Batch()
    for row in message.rows {
      do throws(InvalidInput) {
        let details = try RegistrationServiceProvider.details(row.registration, for: event, under: "")
        let fields = try row.updateMask.fields(of: RegistrationField.self, emptyMeansAll: true)
        try noteAddress(EmailAddress.key(details.email), row: row.row)
        batch.rows.append(ImportRow(details, saying: RegistrationField.allCases.filter(Set(fields).contains)))
        batch.numbers.append(row.row)
      } catch {
        refuse(row.row, error.violations)
      }
    }
    return batch
  }

  /// - Throws: `InvalidInput` where another row has the address.
  private mutating func noteAddress(_ address: String, row: Int32) throws(InvalidInput) {
    if let other = rowsByAddress[address] {
      throw InvalidInput(field: "email", .table(.twice(row: Int(other))))
    }
    if rowsByAddress.count < Self.addressLimit { rowsByAddress[address] = row }
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
      response.differingCount += 1
      refuse(row, [FieldViolation(field: field, .differsFromLive)])
    case .updated(let update):
      response.updated += 1
      response.movedUp += Int32(clamping: update.movedUp)
      if response.changed.count < Self.changedLimit { response.changed.append(.init(update, row: row)) }
    case .notUpdated(.invalid(let input)): refuse(row, input.violations)
    case .notUpdated(.noPlace):
      refuse(row, [FieldViolation(field: RegistrationField.participation.name, .noPlaceLeft)])
    case .notUpdated: refuse(row, [FieldViolation(field: PersonField.email.rawValue, .differsFromLive)])
    }
  }

  private mutating func refuse(_ row: Int32, _ violations: [FieldViolation]) {
    response.refusedCount += 1
    for violation in violations where response.refused.count < RequestLimit.faults {
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
