import LanyardDomain

/// What rows of an import would have left, of which none is on record.
package struct ImportPreview: Sendable {
  private var fold: RegistrationFold
  /// Ids of those who wait on record and would not any more.
  private var served: Set<String> = []
  /// Those among them who would have a place.
  private var movedUp: Set<String> = []
  /// The groups of the rows that would have to wait, and would wait still: behind all who are on record.
  private var waitingRows: [String] = []

  init(fold: RegistrationFold) { self.fold = fold }

  /// Decides on a row, and moves those up who wait, as the import would.
  ///
  /// - Parameters:
  ///   - last: What is on record of the row's address.
  ///   - waiting: So many who wait on record, the longest waiting first; all of them where nothing is said.
  mutating func take(
    _ row: ImportRow,
    last: Registration?,
    updating: Bool,
    at now: Instant,
    waiting: (Int?) throws -> [WaitingPerson]
  ) throws -> ImportOutcome {
    var last = last
    if let id = last?.id, movedUp.contains(id) { last?.state = .confirmed }
    let outcome = fold.take(row, last: last, updating: updating)
    if outcome == .imported(.waitlisted) { waitingRows.append(row.details.stakeholderGroup) }
    guard case .updated(var update) = outcome else { return outcome }
    if update.registration.state == .waitlisted, update.state != .waitlisted { served.insert(update.registration.id) }
    let free = fold.freeForWaiting(upTo: fold.places.waiting, at: now)
    if free > 0 {
      let count = fold.places.groups.isEmpty ? served.count + free : nil
      let recorded = try waiting(count).filter { !served.contains($0.id) }
      // No row comes again, so that it does not matter which of them it is.
      let rows = waitingRows.map { WaitingPerson(id: "", group: $0) }
      let moving = fold.moveUp(recorded + rows, at: now, group: \.group)
      let ids = moving.map(\.id).filter { !$0.isEmpty }
      served.formUnion(ids)
      movedUp.formUnion(ids)
      for row in moving where row.id.isEmpty {
        if let index = waitingRows.firstIndex(of: row.group) { waitingRows.remove(at: index) }
      }
      update.movedUp = moving.count
    }
    return .updated(update)
  }
}
