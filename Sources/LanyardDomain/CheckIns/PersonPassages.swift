/// One person's passages while some become known late or are taken back. Who passed after all that is known of them is
/// followed from where they stand, whatever went before; only where that is not enough, all passages are gone through again
/// in the order in which they happened. Facts in, effects out: a store loads what is asked for, and writes what follows.
package struct PersonPassages: Sendable {
  private struct Replay {
    /// What the passages came to at the beginning.
    let before: PassageHistory
    var passages: [Passage]
  }

  private let registration: Key<Registration>
  private let plan: VenuePlan
  /// Where they stood at the beginning.
  private let stored: [Presence]
  /// Where they stood then, with what was added since.
  private var fold = AdmissionFold()
  /// When the last of the passages happened, as far as that is known without all of them.
  private var latest: Instant?
  private var added: [Passage] = []
  /// Whether what was added cannot be followed from where they stood.
  private var isBehind = false
  /// All passages, where they were loaded.
  private var replay: Replay?

  /// - Parameters:
  ///   - presences: Where they stand.
  ///   - latest: When the last of their passages happened, those among them that were taken back; nil where there is none.
  package init(of registration: Key<Registration>, plan: VenuePlan, presences: [Presence], latest: Instant?) {
    (self.registration, self.plan, stored, self.latest) = (registration, plan, presences, latest)
    fold.load(presences, of: registration)
    fold.load(nil, of: registration)
  }

  /// The event whose checkpoints they passed.
  package var event: Key<Event> { plan.eventKey }

  /// Whether all passages have to be loaded before anything else is asked or done.
  package var needsAll: Bool { isBehind && replay == nil }

  /// Whether all passages have to be loaded before it is asked where the person stood then.
  ///
  /// - Parameter isTurnstile: Whether the last passage matters.
  package func needsAll(at moment: Instant, isTurnstile: Bool) -> Bool {
    guard replay == nil else { return false }
    guard let latest else { return false }
    // A turnstile may be reading a badge again for a passage of which only the time is known.
    return moment < latest || (isTurnstile && added.isEmpty && LastPassage.isSoon(after: latest, moment))
  }

  /// Whether all passages have to be loaded before one is taken back; it must be among them.
  package var needsAllToRemove: Bool { replay == nil }

  /// Takes all passages that are on record and not taken back, those among them that were added.
  package mutating func load(_ passages: [Passage]) {
    let own = Set(added.map(\.scan))
    let known = passages.filter { !own.contains($0.scan) }
    replay = Replay(
      before: PassageHistory(known, of: registration, plan: plan),
      passages: known + added
    )
  }

  /// Where the person stood at a moment, after all of that moment.
  package func standing(at moment: Instant) -> Standing {
    guard let replay else {
      return Standing(presences: fold.presences(of: registration), last: fold.lastPassage(of: registration))
    }
    let history = PassageHistory(replay.passages, of: registration, plan: plan, until: moment)
    return Standing(presences: history.presences, last: history.last)
  }

  /// Adds a passage; whether all have to be loaded then, `needsAll` says.
  package mutating func add(_ passage: Passage) {
    if replay != nil {
      replay?.passages.append(passage)
      return
    }
    let isLatest = latest.map { $0 <= passage.moment } ?? true
    if !isLatest || !fold.goOn(passage, of: registration, plan: plan) { isBehind = true }
    added.append(passage)
    latest = passage.moment
  }

  /// Takes back the passage of a scan, once all are loaded.
  package mutating func remove(scan: Int64) { replay?.passages.removeAll { $0.scan == scan } }

  /// Whether what is recorded of conflicts has to be asked for the effects.
  package var needsConflicts: Bool { replay != nil }

  /// What has changed since the beginning.
  ///
  /// - Parameter recorded: The conflicts between this person's admissions that are on record.
  package func effects(recorded: [RecordedConflict] = []) -> PassageEffects {
    var effects = PassageEffects()
    guard let replay else {
      effects.presences = fold.changedPresences
      effects.occupancy = fold.occupancyChanges
      effects.tallies = fold.tallyChanges
      return effects
    }
    let after = PassageHistory(replay.passages, of: registration, plan: plan)
    for (stands, step) in [(stored, -1), (after.presences, 1)] {
      for presence in stands where presence.isInside {
        let key = AdmissionFold.OccupancyKey(checkpoint: presence.checkpoint, period: presence.period)
        effects.occupancy[key, default: 0] += step
      }
    }
    func key(_ presence: Presence) -> AdmissionFold.PresenceKey {
      AdmissionFold.PresenceKey(registration: registration, checkpoint: presence.checkpoint)
    }
    let kept = Set(after.presences.map(\.checkpoint))
    effects.gone = stored.filter { !kept.contains($0.checkpoint) }.map(key)
    for presence in after.presences { effects.presences[key(presence)] = presence }
    effects.tallies = after.tallies
    effects.tallies.merge(replay.before.tallies.mapValues { -$0 }, uniquingKeysWith: +)
    let known = Set(recorded.map(\.conflict))
    effects.settled = recorded.filter { !after.conflicts.contains($0.conflict) }.map(\.key)
    effects.conflicts = after.conflicts.filter { !known.contains($0) }
    return effects
  }
}

/// A conflict between two admissions of a person that is on record.
package struct RecordedConflict: Hashable, Sendable {
  /// The store's key.
  package let key: Int64
  package let conflict: PassageHistory.Conflict

  package init(key: Int64, conflict: PassageHistory.Conflict) {
    (self.key, self.conflict) = (key, conflict)
  }
}

/// What becomes of presences, counts and conflicts.
package struct PassageEffects: Equatable, Sendable {
  package var presences: [AdmissionFold.PresenceKey: Presence] = [:]
  /// Presences that there are no more.
  package var gone: [AdmissionFold.PresenceKey] = []
  /// By how much each has changed.
  package var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
  package var tallies: [AdmissionFold.TallyKey: Int] = [:]
  /// Keys of conflicts that are explained: a way out that becomes known late tells what looked like one.
  package var settled: [Int64] = []
  /// Conflicts that are new.
  package var conflicts: [PassageHistory.Conflict] = []

  package init() {}
}
