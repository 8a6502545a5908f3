extension RunReport {
  /// Says of people who registered and could not go in why they did not; nil where there are none.
  var withoutBadgeWords: String? {
    guard withoutBadge > 0 else { return nil }
    return
      "\(Figures.count(withoutBadge)) registered on the spot and got no badge, since the event reviews them or is full: none "
      + "of them went in."
  }

  /// That lanes share checkpoints; nil where each has one.
  var sharedWords: String? {
    guard checkpoints > 0, checkpoints < lanes else { return nil }
    return
      "\(Figures.count(lanes, "lane")) at \(Figures.count(checkpoints, "checkpoint")): some share one, as scanners at one entrance do."
  }

  /// Says of arrivals who they were where there were not people enough; nil where there were.
  var returnWords: String? {
    guard returns > 0 else { return nil }
    return
      "\(Figures.count(returns)) of \(Figures.count(arrivals, "arrival")) had been there already, and went out, came in again or "
      + "changed rooms: there were no more people with a good badge."
  }

  /// Says what of the mix could not be played, and what came instead; nil where all was.
  var unplayedWords: String? {
    let kinds = unplayed.filter { $0.value > 0 && $0.key != Mix.Kind.good.rawValue }.sorted { $0.key < $1.key }
    let replaced = kinds.map { "\(Figures.count($0.value)) \($0.key)" }.joined(separator: ", ")
    let missing = unplayed[Mix.Kind.good.rawValue, default: 0]
    let words = [
      replaced.isEmpty
        ? nil
        : "Good badges came in place of \(replaced): such badges, such a door or people who had not come yet were not there.",
      missing > 0
        ? "\(Figures.count(missing, "arrival")) did not come at all: nobody with a good badge was there." : nil,
    ]
    .compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// How busy the machine was, and with what; nil where nobody knows.
  var processorWords: String? {
    processors.map { processors in
      let own = server == nil ? "the driver" : "driver and server"
      return "Machine: \(Figures.share(processors.busy)) of its processors busy, "
        + "\(Figures.share(processors.others)) with programs other than \(own)."
    }
  }

  /// That others had the processors while targets broke; nothing where they had not.
  var othersWords: String {
    guard let processors, processors.areTakenByOthers else { return "" }
    let own = server == nil ? "the driver" : "driver and server"
    return
      "; programs other than \(own) had \(Figures.share(processors.others)) of the machine’s processors meanwhile, of which "
      + "\(Figures.share(processors.busy)) were busy: play it again while they do nothing"
  }

  /// What plays the same again.
  package var commandAgain: String {
    if !command.isEmpty { return command }
    return "lanyard loadtest run \(scenario) --seed \(seed)" + (speed == 1 ? "" : " --speed \(Figures.short(speed))")
  }
}

extension RunReport.Processors {
  /// The least share of others by which they may be what is in the way.
  private static let others = 0.25

  /// Whether the processors were busy, and much of that with other programs.
  var areTakenByOthers: Bool { busy >= RunReportMaker.busy && others >= Self.others }
}
