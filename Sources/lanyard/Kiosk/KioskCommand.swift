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

      The printer is one of CUPS (`lpstat -p` lists them). --folder writes each badge into a folder instead, from which something \
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
    let output = try printer.map(KioskOutput.printer) ?? KioskOutput.folder(of: folder ?? "")
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
      await show(answer, clock)
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

  private func show(_ answer: Lanyard_V1_PrintOwnBadgeResponse, _ clock: EventClock) async {
    let language = Language(tag: answer.language) ?? language
    var shown = KioskAnswer(
      answer: .before,
      badge: answer.badge,
      name: answer.displayName,
      said: [],
      language: language
    )
    if answer.content.isEmpty {
      var facts: [String: Sentence.Fact] = ["time": clock.fact(answer.earlierPrintTime)]
      if !answer.earlierDevice.isEmpty { facts["device"] = .text(answer.earlierDevice) }
      let key: Sentence.Key = answer.earlierDevice.isEmpty ? .kioskPrintedBefore : .kioskPrintedBeforeAt
      shown.said = [Sentence(key, facts), Sentence(.kioskDesk)]
      return screen.show(shown)
    }
    do {
      try await output.take(answer.content, named: answer.badge)
      (shown.answer, shown.said) = (.printed, [Sentence(.kioskPrinting)])
    } catch {
      (shown.answer, shown.said) = (.failed, [Sentence(.kioskPrinterFailed), Sentence(.kioskDesk)])
      Console.error(Sentence(.kioskNoPrinter, ["cause": .sentence(KioskOutput.told(error))]), .ofSystem)
    }
    screen.show(shown)
  }

  /// Whether the server said no, and not that it could not be asked.
  private static func isAnswer(_ error: any Error) -> Bool {
    guard let error = error as? RPCError, let reason = CallFailure(error).known else { return false }
    return !reason.isPassing
  }
}
