import ArgumentParser
import Foundation
import GRPCCore
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardServer
import LanyardStore
import LanyardTexts

/// The one executable.
@main
struct Lanyard: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lanyard",
    abstract: "Registers the participants of a conference, makes their badges, and records who attended what.",
    discussion: """
      Start with `lanyard certs init` and `lanyard serve`; then load a programme with `lanyard event import` and \
      participants with `lanyard registrations import`, issue badges with `lanyard badge issue`, and scan them with \
      `lanyard scan`.

      Every command finds server, credential and authority in the data folder: --data DIR, else the environment's \
      LANYARD_DATA, else ./lanyard-data.

      Exit codes: 0 done, 1 done with a negative result (a scan, a row or what a file says was refused, something is not \
      there, a name fits several, the caller has no right to it), 2 wrong use (a value that cannot be, whoever finds it, a \
      file or folder that cannot be used), 3 server or network (not reached, the caller not known there, it failed, or another \
      program holds the port or the folder).
      """,
    version: ProgramVersion.current,
    subcommands: [
      ServeCommand.self, CertsCommand.self, EventCommand.self, RegistrationsCommand.self, BadgeCommand.self,
      KeysCommand.self, KioskCommand.self, DeviceCommand.self, ScanCommand.self, AttendanceCommand.self,
      MailCommand.self,
      LoadtestCommand.self, AuditCommand.self,
      AdminCommand.self, BenchCommand.self,
    ]
  )

  /// What to do first, in a screen; `--help` has the rest.
  private static let firstSteps = """
    Lanyard registers the participants of a conference, makes their badges, and records who attended what.

    Start a server, here on this machine; it stays in its terminal until Ctrl-C:
      lanyard certs init
      lanyard serve

    In another terminal, in the same folder: a programme, people, their badges
      lanyard event import programme.json
      lanyard registrations import people.csv --event SLUG
      lanyard badge issue --event SLUG --all

    At a door, and to see who is in:
      lanyard scan --checkpoint "Entrance lane 1"
      lanyard attendance --event SLUG --watch

    To try it with a sample, a checkout has tools/start. lanyard --help lists all commands, and each command
    has --help; the manual is in Sources/lanyard/Manual.docc, and README.md says where to read on.
    """

  func run() async throws { Console.lines(Self.firstSteps) }

  static func main() async {
    OpenSSLLifetime.endsWithProcess()
    Console.holdStreams()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let named = NamedCommand(arguments, of: Self.self)
    do {
      // The library passes over what follows `help` and names no command.
      if arguments.first == "help", let fault = named.fault { throw CommandFailure.usage(fault) }
      if named.fault == nil, let fault = try OptionCheck.fault(in: arguments, of: named.command) {
        throw CommandFailure.usage(fault)
      }
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Foundation.exit(report(error, of: named).rawValue)
    }
  }

  /// Says what came of a command that could not be read, or asks for help; else as of any error.
  private static func report(_ error: any Error, of named: NamedCommand) -> ExitStatus {
    switch exitCode(for: error) {
    case .validationFailure:
      if let fault = named.fault { return report(CommandFailure.usage(fault)) }
    case .success:
      guard let other = named.command.configuration.defaultSubcommand, named.unknown == nil else { break }
      let names = (named.text, "\(named.text) \(other._commandName)")
      Console.lines(HelpText.joined(fullMessage(for: error), helpMessage(for: other), names: names))
      return .done
    default: break
    }
    if let fault = error as? ValidationError {
      // Found while the command ran, of which the library does not know which it is.
      Console.error(lines: usage(of: named, after: fault))
      return .usage
    }
    return report(error)
  }

  /// What is wrong with what a command was told, and how it is used.
  private static func usage(of named: NamedCommand, after fault: ValidationError) -> String {
    let lines = HelpText.arranged(helpMessage(for: named.command)).split(separator: "\n")
    let usage = lines.first { $0.hasPrefix("USAGE: ") }.map { "Usage: \($0.dropFirst("USAGE: ".count))" }
    // The library's own words, which name the program alone.
    let more = fullMessage(for: fault).split(separator: "\n").last { $0.contains("--help") }
    let help = more.map { String($0).replacing("\(named.path[0]._commandName) --help", with: "\(named.text) --help") }
    return (["lanyard: \(fault.message)"] + [usage, help].compactMap(\.self)).joined(separator: "\n")
  }

  /// Says on standard error what went wrong and what to do, in a language, else in the system's; returns the exit code.
  static func report(_ error: any Error, in language: Language? = nil) -> ExitStatus {
    let language = language ?? .ofSystem ?? .english
    let phrasebook = Phrasebook.of(language)
    switch error {
    case let outcome as ExitStatus:
      return outcome
    case let failure as CommandFailure:
      Console.error(failure.sentence, phrasebook)
      return failure.status
    case let error as InvalidInput:
      let faults = error.violations.map { "\($0.field) \($0.reason(in: language))" }
      Console.error("lanyard: \(faults.joined(separator: "; "))")
      return .usage
    case let error as StoreError:
      Console.error(Sentence(.callStoreFailed, ["cause": .sentence(error.sentence)]), phrasebook)
      return .unreachable
    case let error as JournalError:
      Console.error(Sentence(.laneJournalUnusable, ["cause": .sentence(.of(error))]), phrasebook)
      return .unreachable
    case let error as any SpokenError:
      Console.error(error.sentence, phrasebook)
      return error.isAnswer ? .negative : error.isWrongUse ? .usage : .unreachable
    case let error as RPCError:
      let failure = CallFailure(error)
      Console.report(failure, phrasebook)
      return ExitStatus(of: failure)
    default:
      if exitCode(for: error) == .success {
        Console.lines(HelpText.arranged(fullMessage(for: error)))
        return .done
      }
      Console.error(lines: parsingText(of: error, phrasebook))
      return exitCode(for: error) == .validationFailure ? .usage : .unreachable
    }
  }
}

extension Lanyard {
  /// What is said of arguments that could not be read, or of what no other error is: what is wrong, in a language as far as it is
  /// known, and how the command is used.
  static func parsingText(of error: any Error, _ phrasebook: Phrasebook) -> String {
    let (words, whole) = (message(for: error), fullMessage(for: error))
    guard !words.isEmpty, let end = whole.firstRange(of: words)?.upperBound else { return HelpText.arranged(whole) }
    let said = ParsingFault(words).map { phrasebook.text($0.sentence) } ?? words
    return HelpText.arranged("lanyard: \(said)\(whole[end...])")
  }
}

/// A failure that was found on this side of the connection.
struct CommandFailure: SpokenError, CustomStringConvertible {
  let status: ExitStatus
  /// What is wrong and what to do, without the program's name before it.
  let sentence: Sentence

  init(status: ExitStatus, _ sentence: Sentence) {
    self.status = status
    self.sentence = sentence
  }

  /// - Parameter message: In English, for load tests and measurements, whose reports are; it may begin with the program's name.
  init(status: ExitStatus, message: String) {
    let name = "lanyard: "
    self.init(status: status, .told(String(message.dropFirst(message.hasPrefix(name) ? name.count : 0))))
  }

  /// As it is said in English.
  var description: String { "lanyard: \(Phrasebook.of(.english).text(sentence))" }

  static func usage(_ message: String) -> CommandFailure { CommandFailure(status: .usage, message: message) }
  static func usage(_ sentence: Sentence) -> CommandFailure { CommandFailure(status: .usage, sentence) }
  static func unreachable(_ message: String) -> CommandFailure {
    CommandFailure(status: .unreachable, message: message)
  }
  static func unreachable(_ sentence: Sentence) -> CommandFailure { CommandFailure(status: .unreachable, sentence) }
  /// What a file says is refused.
  static func content(_ sentence: Sentence) -> CommandFailure { CommandFailure(status: .content, sentence) }
  /// Another program holds what is asked for.
  static func taken(_ sentence: Sentence) -> CommandFailure { CommandFailure(status: .taken, sentence) }
}
