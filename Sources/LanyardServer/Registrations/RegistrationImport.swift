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
  /// Whether those who are new are written to, whatever the event says.
  let isMailed: Bool
  private var addresses = RowAddresses()
  /// What the rows of a preview have left so far.
  private var preview: ImportPreview?
  /// Rows of which the answer's list has no fault any more.
  private var others = OtherRefusedRows()
  private(set) var response = Lanyard_V1_ImportRegistrationsResponse()

  /// - Parameters:
  ///   - act: Whose it is; each message is written as of when it comes.
  ///   - isPreview: Whether only what would come of the rows is said.
  ///   - isUpdate: Whether live registrations that differ from their rows are changed.
  ///   - isMailed: Whether those who are new are written to, whatever the event says.
  init(
    event: Event,
    store: any RegistrationStore,
    act: Act,
    clock: ServerClock,
    language: Language,
    isPreview: Bool,
    isUpdate: Bool,
    isMailed: Bool
  ) {
    self.language = language
    self.isPreview = isPreview
    self.isUpdate = isUpdate
    self.isMailed = isMailed
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
      async let outcomes = Self.write(
        current.rows,
        for: event.slug,
        act.at(clock.now),
        updating: isUpdate,
        mailing: isMailed,
        to: store
      )
      batch = try await others.next().map { try checked($0) }
      for (row, outcome) in zip(current.numbers, try await outcomes) { count(outcome, row: row) }
    }
  }

  private static func write(
    _ rows: [ImportRow],
    for event: String,
    _ act: Act,
    updating: Bool,
    mailing: Bool,
    to store: any RegistrationStore
  ) async throws -> [ImportOutcome] {
    if rows.isEmpty { return [] }
    return try await store.importRegistrations(act, rows, for: event, updating: updating, mailing: mailing)
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
        let (details, fields) = try checked(row)
        batch.rows.append(ImportRow(details, saying: fields, event.questions, called: event.language))
        batch.numbers.append(row.row)
      } catch {
        refuse(row.row, error.violations)
      }
    }
    return batch
  }

  /// What a row says, and of which fields.
  ///
  /// - Throws: `InvalidInput` with all that is wrong with it, also that an earlier row has its address.
  private mutating func checked(
    _ row: Lanyard_V1_ImportRegistrationsRequest.Row
  ) throws(InvalidInput) -> (RegistrationDetails, [RegistrationField]) {
    let number = Int(row.row)
    let details: RegistrationDetails
    let fields: [RegistrationField]
    do throws(InvalidInput) {
      details = try RegistrationServiceProvider.details(row.registration, for: event, under: "", isRow: true)
      fields = try row.updateMask.registrationFields(answering: event.questions.asked.map(\.id))
    } catch {
      guard let twice = addresses.note(row.registration.email, row: number) else { throw error }
      throw InvalidInput(error.violations + [twice])
    }
    if let twice = addresses.note(details.email, row: number) { throw InvalidInput([twice]) }
    return (details, fields)
  }

  private mutating func count(_ outcome: ImportOutcome, row: Int32) {
    switch outcome {
    case .imported(let state):
      response.imported += 1
      if event.mail.reaches(.confirmed, isAsked: isMailed) { response.mailCount += 1 }
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
      if event.mail.reach == .everyone { response.mailCount += 1 }
      response.movedUp += Int32(clamping: update.movedUp)
      if update.reachesBadge { response.badgeCount += 1 }
      if response.changed.count < Self.changedLimit { response.changed.append(.init(update, row: row)) }
    case .notUpdated(.invalid(let input)): refuse(row, input.violations)
    case .notUpdated(.noPlace):
      refuse(row, [FieldViolation(field: RegistrationField.participation.name, .noPlaceLeft)])
    case .notUpdated(.alreadyRegistered), .notUpdated(.rejectedBefore), .notUpdated(.requestIDReused),
      .notUpdated(.decisionNeeded), .notUpdated(.erased), .notUpdated(.changedMeanwhile), .notUpdated(.step):
      // A row of a list asks for none of what these are about.
      refuse(row, [FieldViolation(field: PersonField.email.rawValue, .differsFromLive)])
    }
  }

  private mutating func refuse(_ row: Int32, _ violations: [FieldViolation]) {
    response.refusedCount += 1
    guard response.refused.count < RequestLimit.faults else {
      return others.add(row, violations, in: language, to: &response)
    }
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

/// Where rows stand in an answer that its list of faults has no room for: by what is wrong with them.
private struct OtherRefusedRows {
  /// The most rows, and the most different faults that are told.
  private static let (rowLimit, faultLimit) = (300_000, 500)

  /// Where each fault stands in the answer; nil where faults are that are not told.
  private var places: [FieldViolation?: Int] = [:]
  private var rows = 0

  mutating func add(
    _ row: Int32,
    _ violations: [FieldViolation],
    in language: Language,
    to response: inout Lanyard_V1_ImportRegistrationsResponse
  ) {
    guard rows < Self.rowLimit else { return }
    rows += 1
    var fault = violations.first
    if places[fault] == nil, places.count >= Self.faultLimit { fault = nil }
    if let place = places[fault] { return response.alsoRefused[place].rows.append(row) }
    places[fault] = response.alsoRefused.count
    response.alsoRefused.append(
      .with {
        $0.field = fault?.field ?? ""
        $0.reason = fault.map { String($0.reason(in: language).prefix(RegistrationImport.reasonLimit)) } ?? ""
        $0.rows = [row]
      }
    )
  }
}
