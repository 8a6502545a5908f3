import LanyardDomain

/// What rows of an import would have left, of which none is on record.
package struct ImportPreview: Sendable {
  private var fold: RegistrationFold
  /// Ids of those who wait on record and would not any more.
  private var served: Set<String> = []
  /// Those among them who would have a place.
  private var movedUp: Set<String> = []
  /// How many of the rows would have to wait, and would wait still: behind all who are on record.
  private var waitingRows = 0

  init(fold: RegistrationFold) { self.fold = fold }

  /// Decides on a row, and moves those up who wait, as the import would.
  ///
  /// - Parameters:
  ///   - last: What is on record of the row's address.
  ///   - waiting: The ids of so many who wait on record, the longest waiting first.
  mutating func take(
    _ row: ImportRow,
    last: Registration?,
    updating: Bool,
    at now: Instant,
    waiting: (Int) throws -> [String]
  ) throws -> ImportOutcome {
    var last = last
    if let id = last?.id, movedUp.contains(id) { last?.state = .confirmed }
    let outcome = fold.take(row, last: last, updating: updating)
    if outcome == .imported(.waitlisted) { waitingRows += 1 }
    guard case .updated(var update) = outcome else { return outcome }
    if update.registration.state == .waitlisted, update.state != .waitlisted { served.insert(update.registration.id) }
    let free = fold.freeForWaiting(upTo: fold.places.waiting, at: now)
    if free > 0 {
      let recorded = try waiting(served.count + free).filter { !served.contains($0) }
      // No row comes again, so that it does not matter which of them it is.
      let rows = [String?](repeating: nil, count: min(waitingRows, free))
      let moving = fold.moveUp(recorded + rows, at: now)
      let ids = moving.compactMap(\.self)
      served.formUnion(ids)
      movedUp.formUnion(ids)
      waitingRows -= moving.count - ids.count
      update.movedUp = moving.count
    }
    return .updated(update)
  }
}
