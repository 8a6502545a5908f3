import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// `lanyard kiosk`.
struct KioskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kiosk",
    abstract: "Print people's own badges, once each: they scan the code of their mail.",
    discussion: """
      Runs on a device that was enrolled with the profile kiosk (`lanyard device code --profile kiosk`, `lanyard scan enrol`). \
      Whoever stands before it scans the code of their badge or their personal link, as their mail has it; their name is shown, \
      and their badge comes out of the printer. Asked again, it says when and where it was printed, and sends them to the desk: \
      `lanyard badge print --event SLUG SERIAL` prints it once more. Printing a badge is not attending. What stands on the \
      screen goes after some seconds.

      The printer is one of CUPS (`lpstat -p` lists them). What it does not take within ten seconds counts as not printed, and \
      is printed when it is asked for again. --folder writes each badge into a folder instead, from which something \
      else prints. Ends with the input.
      """
  )

  @OptionGroup var caller: CallerOptions
  @OptionGroup var event: EventOption
  @Option(name: .long, help: "Name of the printer, as CUPS knows it.")
  var printer: String?
  @Option(name: .long, help: "Folder to write badges into, in place of a printer.", completion: .directory)
  var folder: String?
  @Option(name: .long, help: "What a badge looks like.")
  var design: BadgeDesignName = .label
  @Option(name: .long, help: "Language of what is said to who is not known. (default: the system's)")
  var language: Language?
  @Flag(name: .long, help: "Print a line of JSON for each scan.")
  var json = false

  func validate() throws {
    guard (printer == nil) != (folder == nil) else {
      throw ValidationError(Sentence(.optionEitherOr, ["one": .text("--printer"), "other": .text("--folder")]))
    }
  }

  func run() async throws {
    let output = try printer.map(KioskOutput.printer(named:)) ?? KioskOutput.folder(of: folder ?? "")
    try await caller.withConnection { client in
      // A device is told of its own alone.
      let slug = try await event.slug(client)
      let kiosk = Kiosk(
        parent: ResourceName.event(slug).description,
        design: design,
        output: output,
        language: language ?? .ofSystem ?? .english,
        screen: KioskScreen(language ?? .ofSystem ?? .english, json: json)
      )
      let clock = try await EventClock(of: slug, client)
      kiosk.screen.ready()
      await LineReader.forEachLine { input in
        guard case .line(let line) = input else { return }
        await kiosk.serve(line, client, clock)
      }
    }
  }
}

/// Serves whoever stands before it, one after the other.
private struct Kiosk: Sendable {
  let parent: String
  let design: BadgeDesignName
  let output: KioskOutput
  /// Of those who are not known.
  let language: Language
  let screen: KioskScreen

  /// How long a call may take until the person is sent to the desk.
  private static let patience = Duration.seconds(10)

  func serve(_ line: String, _ client: ServerClient, _ clock: EventClock) async {
    let request = Lanyard_V1_PrintOwnBadgeRequest.with {
      ($0.parent, $0.code, $0.design) = (parent, Self.code(line), design.wire)
    }
    do {
      var options = CallOptions.defaults
      options.timeout = Self.patience
      let answer = try await Lanyard_V1_BadgeService.Client(wrapping: client).printOwnBadge(request, options: options)
      await show(answer, client, clock)
    } catch {
      let said = Self.isAnswer(error) ? Sentence(.kioskUnknown) : Sentence(.kioskNoServer)
      screen.show(KioskAnswer(answer: .refused, said: [said, Sentence(.kioskDesk)], language: language))
    }
  }

  /// A code through whatever keyboard it came; what is none, such as a web address, as it is.
  private static func code(_ line: String) -> String {
    for case .code(let code, _) in WedgeLine(line).readings { return code }
    return line
  }

  private func show(
    _ answer: Lanyard_V1_PrintOwnBadgeResponse,
    _ client: ServerClient,
    _ clock: EventClock
  ) async {
    let language = Language(tag: answer.language) ?? language
    var shown = KioskAnswer(
      answer: .before,
      badge: answer.badge,
      name: answer.displayName,
      said: [],
      language: language
    )
    // Its bearer has to go to the desk all the same.
    let activation = answer.isNotActivated ? [Sentence(.kioskActivation)] : []
    if answer.content.isEmpty {
      shown.said = [Self.earlier(answer, clock)] + activation + [Sentence(.kioskDesk)]
      return screen.show(shown)
    }
    (shown.answer, shown.said) = (.printed, [Sentence(.kioskPrinting)] + activation)
    if answer.isNotActivated { shown.said.append(Sentence(.kioskDesk)) }
    screen.begin(shown)
    do {
      try await output.take(answer.content, named: answer.badge)
    } catch {
      (shown.answer, shown.said) = (.failed, [Sentence(.kioskPrinterFailed), Sentence(.kioskDesk)])
      Console.error(Sentence(.kioskNoPrinter, ["cause": .sentence(KioskOutput.told(error))]), .ofSystem)
      await withdraw(answer.printRun, client)
    }
    screen.show(shown)
  }

  /// When a badge was printed, and where it is.
  private static func earlier(_ answer: Lanyard_V1_PrintOwnBadgeResponse, _ clock: EventClock) -> Sentence {
    let time: [String: Sentence.Fact] = ["time": clock.fact(answer.earlierPrintTime)]
    if answer.earlierBadgeCount > 1 { return Sentence(.kioskPrintedInBulk, time) }
    guard !answer.earlierDevice.isEmpty else { return Sentence(.kioskPrintedBefore, time) }
    return Sentence(.kioskPrintedBeforeAt, time.merging(["device": .text(answer.earlierDevice)]) { $1 })
  }

  /// Takes the record back of a badge that did not come out.
  private func withdraw(_ run: String, _ client: ServerClient) async {
    do {
      var options = CallOptions.defaults
      options.timeout = Self.patience
      let request = Lanyard_V1_WithdrawPrintRunRequest.with { $0.name = run }
      _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).withdrawPrintRun(request, options: options)
    } catch {
      Console.error(Sentence(.kioskStillOnRecord, ["cause": .sentence(.unexpected(error))]), .ofSystem)
    }
  }

  /// Whether the server said no, and not that it could not be asked.
  private static func isAnswer(_ error: any Error) -> Bool {
    guard let error = error as? RPCError, let reason = CallFailure(error).known else { return false }
    return !reason.isPassing
  }
}
