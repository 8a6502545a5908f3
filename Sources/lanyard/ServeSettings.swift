import ArgumentParser
import Configuration
import Foundation
import LanyardDomain
import LanyardServer
import Logging
import SystemPackage

/// The settings of `lanyard serve` as its command line has them; the help states each default.
struct ServeOptions: ParsableArguments {
  @Option(name: .long, help: "Address to listen on, IP:PORT; port 0 takes a free one. (default: 127.0.0.1:8443)")
  var grpc: String?
  @Option(
    name: .customLong("rehearse-at"),
    help:
      "Run as if it were this moment, such as 2024-05-27T08:30:00+02:00; the clock runs on from there. (default: no)"
  )
  var rehearseAt: String?
  @Option(name: .long, help: "PEM file of the certificate chain. (default: certs/server.pem of the data folder)")
  var certificate: String?
  @Option(
    name: .customLong("private-key"),
    help: "PEM file of its private key. (default: certs/server.key of the data folder)"
  )
  var privateKey: String?
  @Option(
    name: .customLong("certificate-refresh-seconds"),
    help: "How often to look for a replaced certificate, 1 to 86400. (default: 10)"
  )
  var certificateRefreshSeconds: Int?
  @Option(
    name: .customLong("max-message-bytes"),
    help: "Largest request message, 65536 to 67108864. (default: 4194304)"
  )
  var maxMessageBytes: Int?
  @Option(
    name: .customLong("max-streams"),
    help: "Most calls open at once on one connection, 1 to 10000. (default: 256)"
  )
  var maxStreams: Int?
  @Option(
    name: .customLong("max-connections-per-address"),
    help: "Most connections open at once from one address without a credential, 1 to 100000. (default: 1024)"
  )
  var maxConnectionsPerAddress: Int?
  @Option(
    name: .customLong("max-connections-per-caller"),
    help: "Most connections open at once of one token or device, 1 to 100000. (default: 1024)"
  )
  var maxConnectionsPerCaller: Int?
  @Option(
    name: .customLong("max-strangers"),
    help: "Most connections open at once without a credential, from all addresses, 1 to 100000. (default: 4096)"
  )
  var maxStrangers: Int?
  @Option(
    name: .customLong("stranger-seconds"),
    help: "How long a connection without a credential is kept on which no call succeeds, 1 to 3600. (default: 30)"
  )
  var strangerSeconds: Int?
  @Option(
    name: .customLong("silence-seconds"),
    help: "How long a connection may be silent until it is asked whether it lives, 1 to 3600. (default: 30)"
  )
  var silenceSeconds: Int?
  @Option(
    name: .customLong("sign-of-life-seconds"),
    help: "How long it has to answer that before it is closed, 1 to 300. (default: 10)"
  )
  var signOfLifeSeconds: Int?
  @Option(
    name: .customLong("stop-seconds"),
    help: "How long a stop waits for what was accepted, 0 to 300. (default: 10)"
  )
  var stopSeconds: Int?
  @Option(
    name: .customLong("handshake-timeout-seconds"),
    help: "How long a new connection may take for its TLS handshake, 1 to 300. (default: 10)"
  )
  var handshakeTimeoutSeconds: Int?
  @Option(
    name: .customLong("max-watches-per-caller"),
    help: "Most rosters and health states that one caller watches at once, 1 to 100000. (default: 256)"
  )
  var maxWatchesPerCaller: Int?
  @Option(
    name: .customLong("max-health-watches"),
    help: "Most health states that are watched at once, from all addresses, 1 to 100000. (default: 1000)"
  )
  var maxHealthWatches: Int?
  @Option(
    name: .customLong("max-searches"),
    help: "Most searches for people under way at once, 1 to 1000. (default: 32)"
  )
  var maxSearches: Int?
  @Option(
    name: .customLong("roster-patience-seconds"),
    help: "How long a lane that follows its roster may take nothing of it, 5 to 3600. (default: 60)"
  )
  var rosterPatienceSeconds: Int?
  @Option(
    name: .customLong("device-certificate-days"),
    help: "How long the certificates of devices are valid, 1 to 398; they renew them by themselves. (default: 30)"
  )
  var deviceCertificateDays: Int?
  @Option(
    name: .customLong("searches-per-minute"),
    help: "Most look-ups by name a minute of one caller that nobody passed for, 1 to 10000. (default: 30)"
  )
  var searchesPerMinute: Int?
  @Option(
    name: .customLong("log-level"),
    help: "trace, debug, info, notice, warning, error or critical. (default: info)"
  )
  var logLevel: String?

  /// The names of the settings that are text, and of those that are whole numbers.
  fileprivate static let textNames = ["certificate", "grpc", "log-level", "private-key", "rehearse-at"]
  fileprivate static let numberNames = [
    "certificate-refresh-seconds", "device-certificate-days", "handshake-timeout-seconds",
    "max-connections-per-address", "max-connections-per-caller", "max-health-watches", "max-message-bytes",
    "max-searches", "max-strangers", "max-streams", "max-watches-per-caller", "roster-patience-seconds",
    "searches-per-minute", "sign-of-life-seconds", "silence-seconds", "stop-seconds", "stranger-seconds",
  ]

  /// The options that were given, by their names.
  fileprivate var given: [AbsoluteConfigKey: ConfigValue] {
    let strings = [
      "grpc": grpc, "rehearse-at": rehearseAt, "certificate": certificate, "private-key": privateKey,
      "log-level": logLevel,
    ]
    let numbers = [
      "certificate-refresh-seconds": certificateRefreshSeconds, "max-message-bytes": maxMessageBytes,
      "max-streams": maxStreams, "max-connections-per-address": maxConnectionsPerAddress,
      "handshake-timeout-seconds": handshakeTimeoutSeconds, "device-certificate-days": deviceCertificateDays,
      "searches-per-minute": searchesPerMinute,
      "max-connections-per-caller": maxConnectionsPerCaller, "max-strangers": maxStrangers,
      "stranger-seconds": strangerSeconds, "silence-seconds": silenceSeconds, "stop-seconds": stopSeconds,
      "sign-of-life-seconds": signOfLifeSeconds, "max-health-watches": maxHealthWatches,
      "max-watches-per-caller": maxWatchesPerCaller, "max-searches": maxSearches,
      "roster-patience-seconds": rosterPatienceSeconds,
    ]
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    for case (let name, let value?) in strings {
      values[AbsoluteConfigKey([name])] = ConfigValue(.string(value), isSecret: false)
    }
    for case (let name, let value?) in numbers {
      values[AbsoluteConfigKey([name])] = ConfigValue(.int(value), isSecret: false)
    }
    return values
  }
}

/// The settings of a server, whatever place each came from.
struct ServeSettings {
  let server: ServerSettings
  let clock: ServerClock
  let logLevel: Logger.Level

  /// Takes each setting from its option, the environment, the data folder's file, or its default, in this order.
  static func resolve(_ options: ServeOptions, folder: DataFolder) async throws -> ServeSettings {
    let values = try await values(options, folder)
    let grpc = values.string("grpc", "127.0.0.1:8443")
    var server = ServerSettings(
      certificatePath: values.string("certificate", folder.serverCertificate),
      privateKeyPath: values.string("private-key", folder.serverKey)
    )
    server.endpoint = try Endpoint(grpc, of: "the setting grpc", ports: Endpoint.listenable)
    server.certificateRefresh = .seconds(try await values.int("certificate-refresh-seconds", 10, in: 1...86_400))
    server.maximumMessageBytes = try await values.int("max-message-bytes", 4_194_304, in: 65_536...67_108_864)
    server.maximumStreams = try await values.int("max-streams", 256, in: 1...10_000)
    try await limitCallers(&server, values)
    let days = try await values.int("device-certificate-days", 30, in: 1...398)
    try checkFiles(server, folder)
    let devices = try LocalAuthority.load(
      certificate: folder.deviceAuthorityCertificate,
      key: folder.deviceAuthorityKey,
      named: "Lanyard devices"
    )
    server.deviceAuthority = DeviceAuthority(devices.authority, lifetime: .seconds(days * 86_400))
    let level = values.string("log-level", "info")
    guard let logLevel = Logger.Level(rawValue: level) else {
      throw SettingValues.fault("log-level", "is \(level); say trace, debug, info, notice, warning, error or critical")
    }
    return ServeSettings(server: server, clock: try clock(values), logLevel: logLevel)
  }

  private static func limitCallers(_ server: inout ServerSettings, _ values: SettingValues) async throws {
    server.maximumConnectionsPerAddress = try await values.int("max-connections-per-address", 1024, in: 1...100_000)
    server.maximumConnectionsPerCaller = try await values.int("max-connections-per-caller", 1024, in: 1...100_000)
    server.maximumStrangers = try await values.int("max-strangers", 4096, in: 1...100_000)
    server.handshakeTimeout = .seconds(try await values.int("handshake-timeout-seconds", 10, in: 1...300))
    server.strangerTimeout = .seconds(try await values.int("stranger-seconds", 30, in: 1...3600))
    server.silenceTimeout = .seconds(try await values.int("silence-seconds", 30, in: 1...3600))
    server.signOfLifeTimeout = .seconds(try await values.int("sign-of-life-seconds", 10, in: 1...300))
    server.stopTimeout = .seconds(try await values.int("stop-seconds", 10, in: 0...300))
    server.maximumWatchesPerCaller = try await values.int("max-watches-per-caller", 256, in: 1...100_000)
    server.maximumHealthWatches = try await values.int("max-health-watches", 1000, in: 1...100_000)
    server.maximumSearches = try await values.int("max-searches", 32, in: 1...1000)
    server.searchesPerMinute = try await values.int("searches-per-minute", 30, in: 1...10_000)
    server.rosterPatience = .seconds(try await values.int("roster-patience-seconds", 60, in: 5...3600))
  }

  /// Paths of the certificate's files, as a server that is started with these options has them.
  static func certificateFiles(
    _ options: ServeOptions,
    folder: DataFolder
  ) async throws -> (certificate: String, privateKey: String) {
    let values = try await values(options, folder)
    return (
      values.string("certificate", folder.serverCertificate), values.string("private-key", folder.serverKey)
    )
  }

  private static func values(_ options: ServeOptions, _ folder: DataFolder) async throws -> SettingValues {
    let file: FileProvider<JSONSnapshot>
    do {
      file = try await FileProvider<JSONSnapshot>(filePath: FilePath(folder.settings), allowMissing: true)
    } catch {
      throw CommandFailure.usage("lanyard: \(folder.settings) cannot be read as JSON: \(error)")
    }
    try checkKeys(folder.settings)
    return SettingValues(
      reader: ConfigReader(providers: [
        InMemoryProvider(values: options.given), EnvironmentVariablesProvider().prefixKeys(with: "lanyard"), file,
      ])
    )
  }

  /// Refuses a file with a setting that nobody reads, which is a spelling mistake, or with a value of the wrong type.
  private static func checkKeys(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let file: [String: FileValue]
    do {
      file = try JSONDecoder().decode([String: FileValue].self, from: data)
    } catch {
      throw CommandFailure.usage("lanyard: \(path) is not one JSON object of settings")
    }
    let known = ServeOptions.textNames + ServeOptions.numberNames
    if let unknown = file.keys.sorted().first(where: { !known.contains($0) }) {
      throw CommandFailure.usage(
        "lanyard: \(path) has the unknown setting \(unknown); known are: \(known.joined(separator: ", "))"
      )
    }
    for name in ServeOptions.textNames where file[name] != nil && file[name] != .text {
      throw SettingValues.fault(name, "is no text; put it in quotes")
    }
    for name in ServeOptions.numberNames where file[name] != nil && file[name] != .number {
      throw SettingValues.fault(name, "is not a whole number")
    }
  }

  /// The type of a value in the file.
  private enum FileValue: Decodable {
    case text, number, other

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      // A failure to decode is how a value says that it is of another type.
      if (try? value.decode(String.self)) != nil {
        self = .text
      } else {
        self = (try? value.decode(Int.self)) == nil ? .other : .number
      }
    }
  }

  private static func clock(_ values: SettingValues) throws -> ServerClock {
    let moment = values.string("rehearse-at", "")
    guard !moment.isEmpty else { return .system }
    guard let time = OffsetTime(moment) else {
      throw SettingValues.fault(
        "rehearse-at",
        "is \(moment); say a time with its offset, such as 2024-05-27T08:30:00+02:00"
      )
    }
    return .rehearsing(from: time.instant)
  }

  private static func checkFiles(_ server: ServerSettings, _ folder: DataFolder) throws {
    for path in [server.certificatePath, server.privateKeyPath] where access(path, R_OK) != 0 {
      throw CommandFailure.usage(
        "lanyard: there is no readable certificate file \(path): make one with `lanyard certs init --data \(folder.path)`, "
          + "or name your own with --certificate and --private-key"
      )
    }
  }
}

/// Reads settings, with clear faults for what has the wrong type or is out of its range.
private struct SettingValues {
  let reader: ConfigReader

  func string(_ name: String, _ fallback: String) -> String {
    reader.string(forKey: ConfigKey([name]), default: fallback)
  }

  func int(_ name: String, _ fallback: Int, in range: ClosedRange<Int>) async throws -> Int {
    let value: Int
    do {
      value = try await reader.fetchInt(forKey: ConfigKey([name])) ?? fallback
    } catch {
      throw Self.fault(name, "is not a whole number")
    }
    guard range.contains(value) else {
      throw Self.fault(name, "is \(value); say \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  static func fault(_ name: String, _ reason: String) -> CommandFailure {
    .usage("lanyard: the setting \(name) \(reason)")
  }
}
