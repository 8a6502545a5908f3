import LanyardDomain

/// The day on which a run takes place, by the clock of the event. Who is inside is out when it ends, which the audit does
/// not follow: a run ends on the day on which it begins.
struct RunDay {
  /// For what a run does before and after the time that its scenario takes.
  static let margin = Duration.seconds(600)

  let begins: Instant
  let span: Range<Instant>

  init(begins: Instant, span: Range<Instant>) {
    (self.begins, self.span) = (begins, span)
  }

  /// The day of a place that holds a moment.
  init(begins: Instant, timeZone: String) throws(LoadFailure) {
    guard let zone = ZoneID(rawValue: timeZone) else {
      throw LoadFailure("this machine does not know the event's time zone \(timeZone); install its time zone data")
    }
    self.init(begins: begins, span: zone.calendar.day(containing: begins).span)
  }

  /// - Throws: `LoadFailure` where the scenario does not fit into what is left of the day.
  func check(_ scenario: Scenario) throws(LoadFailure) {
    let left = span.upperBound - begins - Self.margin
    guard scenario.length <= left else {
      let words =
        "\(scenario.name) takes \(TimeSpan.words(scenario.length)), and a run ends on the day on which it begins, of which "
      guard left > .zero else {
        throw LoadFailure(words + "nothing is left: let the server rehearse an earlier hour", .wrongUse)
      }
      let speed = (scenario.speed * (scenario.length / left)).rounded(.up)
      throw LoadFailure(words + "\(TimeSpan.words(left)) are left: say --speed \(Int(speed)) or more", .wrongUse)
    }
    let back = begins - scenario.span(from: begins).lowerBound
    guard back <= begins - span.lowerBound else {
      throw LoadFailure(
        "\(scenario.name) sets the clock back by \(TimeSpan.words(back)) in all, to before the day of the run: "
          + "\(TimeSpan.words(begins - span.lowerBound)) at the most",
        .wrongUse
      )
    }
  }
}
