import LanyardScanner

extension RunReport {
  /// The verdict in one sentence for an organiser, made from everything else.
  package var verdictSentence: String {
    if let unread = audit.unread {
      return
        "This run proves nothing: \(unread), so that nobody knows what of it is on record\(interruption)."
    }
    let lanes = laneWords
    if !audit.isClean {
      return
        "This set-up must not open: \([lanes, auditWords].compactMap(\.self).joined(separator: ", and "))\(interruption)."
    }
    if let lanes { return "This set-up must not open: \(lanes)\(interruption)." }
    if driver.wasTheLimit {
      return
        "This run cannot say whether this set-up carries \(scenarioWords), because the machine that played the people "
        + "was the limit (\(driver.words), with "
        + "\(Figures.shareOrUnknown(driver.cpuShare)) of a processor): play it from a stronger machine or at a lower speed."
    }
    if let search, !wasInterrupted { return words(of: search) }
    let broken = isUnmeasured ? [] : targets.filter { !$0.kept }
    if let first = broken.first {
      let others = broken.count > 1 ? " (and \(Figures.count(broken.count - 1, "more target")) not kept)" : ""
      return
        "This set-up does not carry \(scenarioWords) with \(sizeWords): \(first.what) was \(first.measured), "
        + "wanted \(first.wanted)\(others)\(othersWords)\(lineEnding)\(recordedEnding)\(interruption)."
    }
    if let fault = faults.first(where: { $0.trouble != nil }), let trouble = fault.trouble {
      return
        "This run does not say what it should, since not everything broke that was to break: \(fault.what), which did "
        + "not come off (\(trouble))\(interruption)."
    }
    if wasInterrupted {
      return
        "The run was ended after \(Figures.seconds(seconds)), before its time, and says nothing of the rest; until then "
        + (operations.isEmpty ? "nothing was measured." : "every target was kept: \(evidence).")
    }
    guard verdict == .pass else { return "This set-up did not pass \(scenarioWords) with \(sizeWords): \(evidence)." }
    return "This set-up carries \(scenarioWords): \(sizeWords), \(evidence)\(faultWords)\(lineEnding)\(recordedEnding)."
  }

  /// Which lanes are not there any more; nil where all are.
  private var laneWords: String? {
    func words(_ target: RunTarget, _ one: String, _ more: String) -> String? {
      guard let result = self.target(target), !result.kept, let number = result.number else { return nil }
      return number == 1 ? "a lane \(one)" : "\(Figures.decimal(number)) lanes \(more)"
    }
    let words = [
      words(.laneEnds, "ended by itself", "ended by themselves"),
      words(
        .laneReturns,
        "never came back to the server after something had broken",
        "never came back to the server after something had broken"
      ),
    ]
    .compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: ", and ")
  }

  /// Whether nothing speaks against a run but that it was ended before its time.
  package var isEndedEarly: Bool {
    wasInterrupted && audit.isClean && !driver.wasTheLimit && (isUnmeasured || targets.allSatisfy(\.kept))
      && faults.allSatisfy { $0.trouble == nil }
  }

  /// Whether it was ended before there was anything to measure.
  private var isUnmeasured: Bool { wasInterrupted && operations.isEmpty }

  /// How many scans a second a search found to be carried, and what is in the way of more.
  private func words(of search: Search) -> String {
    func rate(_ value: Double) -> String { Figures.decimal(value) }
    let reason = [search.target, search.shortage].compactMap(\.self).joined(separator: "; ")
    guard let carried = search.carried else {
      let least = search.broken.map { "even \(rate($0))" } ?? "any"
      return "This set-up does not carry \(least) scans a second at \(Figures.count(lanes, "lane")): \(reason)."
    }
    let times = search.p99.map { ", 99 of 100 answered within \(Figures.milliseconds($0))" } ?? ""
    let asked = search.asked.map { " of \(rate($0)) asked" } ?? ""
    let limit =
      search.broken.map { "At \(rate($0)) a second \(reason)" }
      ?? "Perhaps it carries more: no target broke in any step"
    let record = audit.checked > 0 ? "; \(recordWords)" : ""
    return
      "This set-up carries \(rate(carried)) scans a second\(asked) at \(Figures.count(lanes, "lane"))\(times)\(record). \(limit)."
  }

  private var interruption: String {
    wasInterrupted ? "; the run was ended after \(Figures.seconds(seconds)), before its time" : ""
  }

  private var sizeWords: String {
    let who = Figures.count(people, "person", "people")
    return (arrivals > 0 ? "\(Figures.count(arrivals, "arrival")) of \(who)" : who)
      + " at \(Figures.count(lanes, "lane"))"
  }

  /// The delivered mornings by their name in plain words, any other scenario in quotes.
  private var scenarioWords: String {
    switch scenario {
    case "opening-morning", "session-change", "registration-rush": "the \(scenario.replacing("-", with: " "))"
    case "": "what was played"
    default: "the scenario “\(ShownText.isolated(scenario))”"
    }
  }

  private var auditWords: String {
    let found: [(Int, String, String)] = [
      (audit.lost, "answered scan is not on record", "answered scans are not on record"),
      (audit.wrong, "answer was wrong", "answers were wrong"),
      (
        audit.double, "scan is on record twice or let somebody in twice",
        "scans are on record twice or let somebody in twice"
      ),
      (
        audit.invented, "scan is on record that nobody of this run made",
        "scans are on record that nobody of this run made"
      ),
      (audit.miscounted, "headcount is not right", "headcounts are not right"),
      (
        audit.misregistered, "registration is not on record as it was answered",
        "registrations are not on record as they were answered"
      ),
    ]
    let words = found.filter { $0.0 > 0 }.map { Figures.count($0.0, $0.1, $0.2) }
    return words.joined(separator: ", ")
      + (audit.checked + audit.registered > 0 ? ", of \(audit.comparedWords) checked" : "")
  }

  /// What the run's loop says of its times; nil where it is the open one, which says what people would find.
  var closedLoopWords: String? {
    guard isClosedLoop else { return nil }
    return
      "Each lane scanned again only when one of its scans under way was answered (closed loop), so a slow server was also asked less: "
      + "times look better here than people would find them."
  }

  /// Scans that lanes answered by themselves; nil where there are none.
  private var offline: Operation? {
    operations[RunOperation.offlineCheckIn.rawValue].flatMap { $0.count > 0 ? $0 : nil }
  }

  /// How quick the answers were, and that they are on record.
  private var evidence: String {
    let measured = Self.ordered(operations).filter { $0.operation.count > 0 }
    let first = measured.first.map { name, operation in
      let what =
        name == RunOperation.checkIn.rawValue
        ? "scans\(offline == nil ? "" : " that the server answered")" : Figures.operation(name)
      return "99 of 100 \(what) were answered within \(Figures.milliseconds(operation.p99))"
    }
    let alone = offline.map { operation in
      "\(Figures.count(operation.count)) that lanes answered by themselves within \(Figures.milliseconds(operation.max))"
    }
    // Where registrations have a target, they are what is asked about.
    let registrations = measured.dropFirst().first { name, _ in
      name == RunOperation.register.rawValue && target(.registrationsP99) != nil
    }
    let second = registrations.map { "of 100 registrations 99 within \(Figures.milliseconds($0.operation.p99))" }
    let parts = [first, alone, second, audit.checked > 0 ? recordWords : nil].compactMap(\.self)
    return parts.isEmpty ? "nothing was scanned" : parts.joined(separator: ", and ")
  }

  private var lineEnding: String { lineWords.map { "; \($0)" } ?? "" }

  /// That not all of a recorded day was played; nothing where all was.
  private var recordedEnding: String {
    recorded.filter { !$0.day.isWhole }.map { recorded in
      "; of the recorded day only \(Figures.count(recorded.day.played)) of \(Figures.count(recorded.day.scans, "scan")) were played, "
        + "since the rest is later than the phase “\(recorded.phase)”"
    }
    .joined()
  }

  private var recordWords: String {
    audit.checked == 1
      ? "the one answer is on record exactly once"
      : "all \(Figures.count(audit.checked)) answers are on record exactly once"
  }

  /// From how many seconds on people at a door wonder why nothing happens.
  private static let noticeable = 2.0

  private var faultWords: String {
    guard let ofFaults = faults.map(\.longestSilence).max() else {
      guard let silence = longestSilence, silence >= Self.noticeable else { return "" }
      return ", although nothing was to break and somebody at a lane waited \(Figures.seconds(silence)) for an answer"
    }
    let worst = max(ofFaults, longestSilence ?? 0)
    // Faults overlap, and one scan may be in the time of several.
    let offline = operations[RunOperation.offlineCheckIn.rawValue]?.count ?? 0
    let alone = offline > 0 ? "lanes answered \(Figures.count(offline, "scan")) by themselves, and " : ""
    let without = faults.compactMap(\.withoutServer).max() ?? 0
    let time = without > 0 ? "no lane was without the server for more than \(Figures.seconds(without)), and " : ""
    return
      ", although \(Figures.count(faults.count, "thing")) broke meanwhile: \(alone)\(time)no lane was without an answer for more "
      + "than \(Figures.seconds(worst))\(returnedWords)"
  }

  /// That lanes came back, as far as that was seen; nothing where one was not live again, or none scanned afterwards.
  private var returnedWords: String {
    guard target(.laneReturns)?.kept == true, let lanesBack else { return "" }
    return lanesBack >= lanes ? ", and every lane came back" : ", and every lane that scanned afterwards came back"
  }
}

extension RunReport {
  /// How long the line was, and whether it was empty again in time; nil where nobody ever waited, or nobody knows.
  var lineWords: String? {
    guard let line, line.longest > 0 else { return nil }
    let longest =
      "the line was longest with \(Figures.count(line.longest, "person", "people")) after \(Figures.seconds(line.longestAt))"
    if line.waitingAtEnd > 0, let after = line.emptyAfter {
      return
        "\(longest); at the end \(Figures.count(line.waitingAtEnd)) still waited, the last of them for \(Figures.seconds(after)) more"
    }
    return longest
      + (line.emptyAt.map { ", and empty again after \(Figures.seconds($0))" }
        ?? ", and not empty when the run was ended")
  }

  /// A moment of the run, in seconds, as one of the morning that was played, however fast that was.
  func life(_ seconds: Double) -> Double { speed.isFinite && speed > 0 ? seconds * speed : seconds }

  /// Which clock moments are told by; nil where there is but one.
  var clockWords: String? {
    speed == 1
      ? nil
      : "Moments are those of the morning, which was played \(Figures.short(speed)) times as fast as life; rates, and how long "
        + "something took, are as they were measured."
  }

  /// What of recorded days was played, a sentence for each phase.
  var recordedWords: [String] { recorded.map { $0.day.words($0.phase) } }

  /// How long people waited in line, and how long that was.
  var waitWords: String? {
    guard let line else { return nil }
    let waits = "19 of 20 people waited at most \(Figures.seconds(line.wait95))"
    return "In line: \(waits); \(lineWords ?? "there never was a line")."
  }
}

extension RunReport.FaultReport {
  /// Whether a lane scanned afterwards, so that it was seen whether it came back.
  var isFollowed: Bool { lanesAfter != 0 }
}

extension RunReport.Driver {
  /// Whether it is known that it was the limit, or that it was not.
  var isJudged: Bool { wasTheLimit || lateP99 != nil && cpuShare != nil }

  /// How late its scans left, in words.
  var words: String {
    lateP99.map { "99 of 100 scans left within \(Figures.milliseconds($0)) of their time" }
      ?? "how late scans left was not measured"
  }
}

extension RunReport.Audit {
  /// How much was compared, in words.
  var comparedWords: String {
    let scans = Figures.count(checked, "scan")
    return registered == 0 ? scans : "\(scans) and \(Figures.count(registered, "registration"))"
  }

  /// That only the first faults are listed, and where the others are; nil where all are.
  func cutWords(_ listed: Int) -> String? {
    guard found > listed else { return nil }
    let cut = "These are \(Figures.count(listed)) of \(Figures.count(found)) that were found"
    let kept = min(faults.count, found)
    if kept <= listed { return "\(cut)." }
    return "\(cut); --save FILE and --json have \(kept == found ? "all" : Figures.count(kept)) of them."
  }
}
