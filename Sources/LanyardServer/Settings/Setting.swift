import Logging

/// One setting of a server. Its option, its names in `lanyard.json` and in the environment, the help, the manual's row and
/// what is said of a wrong value follow from it.
package struct Setting: Hashable, Sendable {
  /// What a value may be, and which one holds where none is given.
  package enum Values: Hashable, Sendable {
    case number(ClosedRange<Int>, default: Int)
    /// Text of a form; both as people read them. A default in words is not a value.
    case text(String, default: String)
  }

  /// Its option without the dashes, and its key in `lanyard.json`.
  package let name: String
  package let values: Values
  /// What it is for; a clause that begins in lower case.
  package let help: String

  fileprivate init(_ name: String, _ values: Values, _ help: String) {
    (self.name, self.values, self.help) = (name, values, help)
  }

  /// Its name in the environment.
  package var environment: String { "LANYARD_\(name.uppercased().replacing("-", with: "_"))" }

  /// What its option's help says.
  package var optionHelp: String {
    "\(help.prefix(1).uppercased())\(help.dropFirst()): \(form). (default: \(fallback))"
  }

  /// Its row of the manual's table of settings.
  package var manualRow: String {
    switch values {
    case .number(let range, let fallback):
      "| `\(name)` | \(Self.grouped(fallback)) | \(Self.grouped(range.lowerBound)) to \(Self.grouped(range.upperBound)) | \(help) |"
    case .text(let form, let fallback): "| `\(name)` | \(fallback) | \(form) | \(help) |"
    }
  }

  /// What values there are, as people read it.
  package var form: String {
    switch values {
    case .number(let range, _): "\(range.lowerBound) to \(range.upperBound)"
    case .text(let form, _): form
    }
  }

  /// The default, as people read it.
  package var fallback: String {
    switch values {
    case .number(_, let fallback): "\(fallback)"
    case .text(_, let fallback): fallback
    }
  }

  /// Range and default of a number; what is none traps.
  package var number: (range: ClosedRange<Int>, fallback: Int) {
    guard case .number(let range, let fallback) = values else { preconditionFailure("\(name) is no number") }
    return (range, fallback)
  }

  package var isNumber: Bool {
    if case .number = values { true } else { false }
  }

  /// With a comma after each thousand.
  private static func grouped(_ number: Int) -> String {
    let digits = Array("\(number)")
    return digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
    }.joined()
  }
}

extension Setting {
  /// How a moment is written.
  package static let momentExample = "2024-05-27T08:30:00+02:00"

  package static let grpc = Setting(
    "grpc",
    .text("IP:PORT", default: "127.0.0.1:8443"),
    "address to listen on; port 0 takes a free one"
  )
  package static let rehearseAt = Setting(
    "rehearse-at",
    .text("a time with its offset, such as \(momentExample)", default: "no rehearsal"),
    "run as if it were this moment; the clock runs on from there"
  )
  package static let certificate = Setting(
    "certificate",
    .text("a PEM file", default: "certs/server.pem of the data folder"),
    "file of the certificate chain"
  )
  package static let privateKey = Setting(
    "private-key",
    .text("a PEM file", default: "certs/server.key of the data folder"),
    "file of the certificate's private key"
  )
  package static let badgeKeyFile = Setting(
    "badge-key-file",
    .text("a file outside the data folder, or - to be asked", default: "none: they are not encrypted"),
    "file with the passphrase, or the random bytes, that encrypts the private keys of badges; at least 16 bytes"
  )
  package static let certificateRefresh = Setting(
    "certificate-refresh-seconds",
    .number(1...86_400, default: 10),
    "how often to look for a replaced certificate"
  )
  package static let maximumMessageBytes = Setting(
    "max-message-bytes",
    .number(65_536...67_108_864, default: 4_194_304),
    "largest request message"
  )
  package static let maximumStreams = Setting(
    "max-streams",
    .number(1...10_000, default: 256),
    "calls open at once on one connection"
  )
  package static let maximumConnectionsPerAddress = Setting(
    "max-connections-per-address",
    .number(1...100_000, default: 1024),
    "strangers' connections open at once from one address"
  )
  package static let maximumStrangers = Setting(
    "max-strangers",
    .number(1...100_000, default: 4096),
    "strangers' connections open at once from all addresses"
  )
  package static let maximumConnectionsPerCaller = Setting(
    "max-connections-per-caller",
    .number(1...100_000, default: 1024),
    "connections open at once of one token or device"
  )
  package static let handshakeTimeout = Setting(
    "handshake-timeout-seconds",
    .number(1...300, default: 10),
    "how long a TLS handshake, or the headers of a call, may take"
  )
  package static let strangerTimeout = Setting(
    "stranger-seconds",
    .number(1...3600, default: 30),
    "how long a stranger's connection is kept on which no call succeeds; while it waits for an answer, that time stands still"
  )
  package static let silenceTimeout = Setting(
    "silence-seconds",
    .number(1...3600, default: 30),
    "how long a connection may be silent until it is asked for a sign of life"
  )
  package static let signOfLifeTimeout = Setting(
    "sign-of-life-seconds",
    .number(1...300, default: 10),
    "how long a silent connection then has for a sign of life before it is closed"
  )
  package static let stopTimeout = Setting(
    "stop-seconds",
    .number(0...300, default: 10),
    "how long a stop waits for what was accepted; then it cuts what is left"
  )
  package static let maximumWatchesPerCaller = Setting(
    "max-watches-per-caller",
    .number(1...100_000, default: 256),
    "rosters, headcounts or feeds that one token or device watches at once; health that one address watches"
  )
  package static let maximumHealthWatches = Setting(
    "max-health-watches",
    .number(1...100_000, default: 1000),
    "health states that are watched at once, from all addresses"
  )
  package static let maximumSearches = Setting(
    "max-searches",
    .number(1...1000, default: 32),
    "searches for people under way at once"
  )
  package static let rosterPatience = Setting(
    "roster-patience-seconds",
    .number(5...3600, default: 60),
    "how long who follows a roster, headcounts or a feed may take nothing of what is sent; the call ends then"
  )
  package static let deviceCertificateDays = Setting(
    "device-certificate-days",
    .number(1...398, default: 30),
    "how long the certificates of devices are valid; they renew them by themselves"
  )
  package static let searchesPerMinute = Setting(
    "searches-per-minute",
    .number(1...10_000, default: 30),
    "look-ups by name a minute of one caller that nobody passed for"
  )
  package static let logLevel = Setting(
    "log-level",
    .text(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "), default: "info"),
    "the least that is logged"
  )

  /// All of them, in the manual's order.
  package static let all: [Setting] = [
    grpc, rehearseAt, certificate, privateKey, badgeKeyFile, certificateRefresh, maximumMessageBytes, maximumStreams,
    maximumConnectionsPerAddress, maximumStrangers, maximumConnectionsPerCaller, handshakeTimeout, strangerTimeout,
    silenceTimeout, signOfLifeTimeout, stopTimeout, maximumWatchesPerCaller, maximumHealthWatches, maximumSearches,
    rosterPatience, deviceCertificateDays, searchesPerMinute, logLevel,
  ]
}
