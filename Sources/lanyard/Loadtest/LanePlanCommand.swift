import ArgumentParser
import Foundation
import LanyardDomain
import LanyardLoad
import LanyardTexts

/// `lanyard loadtest plan`.
struct LanePlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "How many lanes a morning needs, and how long the line gets.",
    discussion: """
      Simulates many mornings: people come within the time that you say, wait in one line, and go to the lane that is free \
      first. It answers with the fewest lanes with which, on 19 mornings of 20, 19 people of 20 wait no longer than \
      --wait-p95; with what one lane fewer and one more would do; and with how the line grows and shrinks.

        lanyard loadtest plan --arrivals 3000 --within 90m --service 4s --wait-p95 3m --pattern surge

      Measure --service at your own doors: from one person's badge to the next one's, walking included. Ends with 1 where \
      even \(LanePlan.laneLimit) lanes are too few.
      """
  )

  @Option(name: .long, help: "How many people come, 1 to 1000000.")
  var arrivals: Int
  @Option(name: .long, help: "The time in which they come, such as 90m or 1h30m.", transform: span)
  var within: Duration
  @Option(name: .long, help: "How long one takes at a lane, from one person to the next, such as 4s.", transform: span)
  var service: Duration
  @Option(
    name: .customLong("wait-p95"),
    help: "How long 19 people of 20 may wait at the most, such as 3m.",
    transform: span
  )
  var wait95: Duration
  @Option(name: .long, help: "uniform, or surge: most come after a third of the time, at 1.7 times the mean rate.")
  var pattern = QueueModel.Pattern.uniform
  @Option(
    name: .customLong("service-variation"),
    help: "How irregular the time at a lane is: its standard deviation to its mean, 0 to 3."
  )
  var serviceVariation = 0.5
  @Option(name: .customLong("slow-share"), help: "Percent of the people whose badge takes longer, 0 to 100.")
  var slowShare = 0.0
  @Option(
    name: .customLong("slow-service"),
    help: "How long these take, such as 45s; with --slow-share. (default: 30s)",
    transform: span
  )
  var slowService: Duration?
  @Option(name: .long, help: "How long one lane is out of order when most people come, such as 10m.", transform: span)
  var breakdown = Duration.zero
  @Option(name: .long, help: "How many mornings are simulated for each number of lanes, 20 to 10000.")
  var mornings = 200
  @Option(name: .long, help: "The mornings that belong to this number; the same number gives the same answer.")
  var seed: UInt64 = 1
  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    guard (1...1_000_000).contains(arrivals) else {
      throw ValidationError("--arrivals", .outOfRange(low: 1, high: 1_000_000))
    }
    guard within > .zero else {
      throw ValidationError("--within", Sentence(.optionNothing, ["example": .text("90m")]))
    }
    guard service > .zero else {
      throw ValidationError("--service", Sentence(.optionNothing, ["example": .text("4s")]))
    }
    guard (0...3).contains(serviceVariation) else {
      throw ValidationError("--service-variation", .outOfRange(low: 0, high: 3))
    }
    guard (0...100).contains(slowShare) else { throw ValidationError("--slow-share", .outOfRange(low: 0, high: 100)) }
    guard slowService == nil || slowShare > 0 else {
      throw ValidationError("--slow-service", Sentence(.optionOfNobody))
    }
    guard (20...10_000).contains(mornings) else {
      throw ValidationError("--mornings", .outOfRange(low: 20, high: 10_000))
    }
  }

  func run() async throws {
    var model = QueueModel(arrivals: arrivals, window: within / .seconds(1), service: service / .seconds(1))
    model.pattern = pattern
    model.serviceVariation = serviceVariation
    model.slowShare = slowShare / 100
    model.slowService = (slowService ?? .seconds(30)) / .seconds(1)
    model.breakdown = breakdown / .seconds(1)
    let plan: LanePlan
    let (screen, began) = (LoadScreen(), ContinuousClock.now)
    var done = 0
    do throws(LanePlan.Impossible) {
      plan = try LanePlan(model, limit: wait95 / .seconds(1), mornings: mornings, seed: seed) { lanes, morning, left in
        done += 1
        let spent = began.duration(to: .now)
        // Most plans are there at once.
        guard spent > Self.patience else { return }
        // How many lanes will be tried is not known before they are enough.
        let rest = TimeSpan.words(.seconds(max(1, (spent / .seconds(1) / Double(done) * Double(left)).rounded())))
        screen.show(
          "simulating with \(lanes) \(lanes == 1 ? "lane" : "lanes"): morning \(morning) of \(mornings), about \(rest) left if "
            + "they are enough …"
        )
      }
      screen.clear()
    } catch {
      screen.clear()
      throw CommandFailure(
        status: .negative,
        message: "lanyard: even \(LanePlan.laneLimit) lanes are too few; people would have to come over a longer time, "
          + "or each take less of it"
      )
    }
    if json { return try Console.json(LanePlanReport(plan)) }
    Console.lines(LanePlanText(plan).text)
  }

  /// How long nothing is said.
  private static let patience = Duration.seconds(2)

  private static func span(_ text: String) throws -> Duration {
    guard let span = TimeSpan(text) else {
      throw ValidationError(Sentence(.optionNoLength, ["text": .text(text)]))
    }
    return span.duration
  }
}

extension QueueModel.Pattern: ExpressibleByArgument {}
