import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts

/// `lanyard scan badges`, the default of `lanyard scan`.
struct ScanBadgesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "badges",
    abstract: "Scan badges at a checkpoint: read codes from standard input, one a line, and say go or stop.",
    discussion: """
      A keyboard-wedge scanner types the code and a line break, so standard input is where it arrives; type or pipe \
      codes to try. Where the scanner sends no line break on a terminal, a code is taken once it is whole, other text after half a second; \
      what is piped is read by lines only. On a terminal it takes the whole screen, but for --plain, --json and --simulate, which print lines: F2 changes the direction, F3 finds people by name, F4 lets \
      somebody in against a refusal, F5 takes the last passage back, F6 lets out and in again who did not scan out, F10 \
      quits after asking. An answer stays large until the next reading begins, or for --ready-after seconds. Else it prints a line for each scan, and \
      ends with the input.

      While the server does not answer within two seconds the lane decides by itself, with the roster that it has kept, \
      writes each scan down before it shows the answer, and says so; back online it uploads them and goes on live. What \
      still waits when it ends is uploaded when it runs again, at whichever checkpoint. SIGTERM and Ctrl-C end it like the end of \
      its input: what was read is answered, and the server hears that the lane ends, where it is reached.

      A device that is enrolled (`lanyard scan enrol`) needs no server, token or authority: they are in its folder. Ends \
      with 1 where a scan was refused, with 3 where one could not be recorded or still waits on the device.
      """
  )

  @OptionGroup var place: LaneOptions
  @Option(name: .long, help: "Which way people pass. (default: as the checkpoint has it)")
  var direction: Direction?
  @Option(name: .customLong("operator"), help: "Name or initials of the operator, for what they override.")
  var operatorName = ""
  @Option(
    name: .long,
    help: ArgumentHelp("Seconds for which an answer stays large on the screen, 1 to 600.", valueName: "seconds")
  )
  var readyAfter = 8
  @Flag(name: .long, help: "Only say what each scan would be answered, in lines, and record nothing; needs the server.")
  var simulate = false
  @Flag(name: .long, help: "Print lines on a terminal too, not the whole screen; --json and --simulate always do.")
  var plain = false
  @Flag(name: .long, help: "Print a line of JSON for each line read.")
  var json = false

  func validate() throws {
    guard (1...600).contains(readyAfter) else { throw ValidationError("--ready-after", .outOfRange(low: 1, high: 600)) }
    do throws(InvalidInput) {
      _ = try OverrideNote.validatedOperator(operatorName, field: "")
    } catch {
      if let fault = error.violations.first?.fault { throw ValidationError("--operator", fault) }
    }
  }

  func run() async throws {
    try await LaneLanguage.saying(in: place.spoken) { try await scan() }
  }

  private func scan() async throws {
    let place = try await place.resolve()
    if simulate { return try await Simulation(place: place, direction: direction, json: json).run() }
    var setup = Lane.Setup(checkpoint: place.checkpoint)
    setup.isSupervisor = place.isSupervisor
    let lane = try await place.openLane(setup)
    // A journal that is gone; on the whole screen the notice stays to be seen.
    if let notice = await lane.lane.notice { Console.error(notice, .of(place.language)) }
    let link = LaneLink(lane.lane, folder: lane.folder, access: place.access, learn: place.learn, renew: place.renew)
    await link.look()
    let ending = await EndRequest()
    let isScreen = !json && !plain && Console.isTerminal && isatty(STDIN_FILENO) == 1
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await link.run() }
      let status: ExitStatus
      if isScreen {
        let console = LaneConsole(
          lane: lane.lane,
          place: place,
          direction: direction,
          operatorName: operatorName,
          readyAfter: .seconds(readyAfter)
        )
        status = await console.run(until: ending)
      } else {
        let screen = LaneScreen(json: json, language: place.language)
        status = await LineLane(lane: lane.lane, direction: direction, screen: screen).run(until: ending)
      }
      // The link may be at it; what it has not come to yet must not be left by a lane that ends.
      if await lane.lane.state == .revoked { await link.forgetPeople() }
      let left = await LaneEnding(lane.lane, lane.folder, in: .of(place.language)).say()
      // Where that fails, what waits lies beside the journal's file as after a power cut.
      try? await lane.lane.closeJournal()
      // All that must last is on disk, and closing a connection that is just being made can take for ever.
      withExtendedLifetime(lane) { Foundation.exit((left ?? status).rawValue) }
    }
  }
}
