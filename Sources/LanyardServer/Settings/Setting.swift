import Logging

/// One setting of a server. Its option, its names in `lanyard.json` and in the environment, the help, the manual's row and
/// what is said of a wrong value follow from it.
package enum Setting: CaseIterable, Sendable {
  // In the manual's order.
  case grpc, web, rehearseAt, certificate, privateKey, badgeKeyFile, certificateRefresh, maximumMessageBytes,
    maximumStreams,
    maximumConnectionsPerAddress, maximumStrangers, maximumConnectionsPerCaller, handshakeTimeout, strangerTimeout,
    silenceTimeout, signOfLifeTimeout, stopTimeout, maximumWatchesPerCaller, maximumHealthWatches, maximumSearches,
    rosterPatience, deviceCertificateDays, searchesPerMinute, mailServer, mailFrom, mailUser, mailPasswordFile,
    mailAuthority,
    mailsPerMinute, webAddress, publicCallsPerMinute, logLevel

  /// What a value may be, and which one holds where none is given.
  package enum Values: Sendable {
    /// A number, and the field of the server that it fills; nil where something else is made of it.
    case number(ClosedRange<Int>, default: Int, ServerSettings.NumberField?)
    /// Text of a form; both as people read them. A default in words is not a value.
    case text(String, default: String)
  }

  /// All that is said of one.
  fileprivate struct Declaration {
    let name: String
    let values: Values
    let help: String

    init(_ name: String, _ values: Values, _ help: String) {
      (self.name, self.values, self.help) = (name, values, help)
    }
  }

  /// Its option without the dashes, and its key in `lanyard.json`.
  package var name: String { declared.name }
  package var values: Values { declared.values }
  /// What it is for; a clause that begins in lower case.
  package var help: String { declared.help }

  /// Its name in the environment.
  package var environment: String { "LANYARD_\(name.uppercased().replacing("-", with: "_"))" }

  /// What its option's help says.
  package var optionHelp: String {
    "\(help.prefix(1).uppercased())\(help.dropFirst()): \(form). (default: \(fallback))"
  }

  /// Its row of the manual's table of settings.
  package var manualRow: String {
    switch values {
    case .number(let range, let fallback, _):
      "| `\(name)` | \(Self.grouped(fallback)) | \(Self.grouped(range.lowerBound)) to \(Self.grouped(range.upperBound)) | \(help) |"
    case .text(let form, let fallback): "| `\(name)` | \(fallback) | \(form) | \(help) |"
    }
  }

  /// What values there are, as people read it.
  package var form: String {
    switch values {
    case .number(let range, _, _): "\(range.lowerBound) to \(range.upperBound)"
    case .text(let form, _): form
    }
  }

  /// The default, as people read it.
  package var fallback: String {
    switch values {
    case .number(_, let fallback, _): "\(fallback)"
    case .text(_, let fallback): fallback
    }
  }

  /// Range and default of a number; what is none traps.
  package var number: (range: ClosedRange<Int>, fallback: Int) {
    guard case .number(let range, let fallback, _) = values else { preconditionFailure("\(name) is no number") }
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

  /// The value that turns something off.
  package static let off = "off"

  private var declared: Declaration {
    switch self {
    case .grpc:
      Declaration(
        "grpc",
        .text("IP:PORT", default: "127.0.0.1:8443"),
        "address to listen on; port 0 takes a free one"
      )
    case .web:
      Declaration(
        "web",
        .text("IP:PORT, or \(Self.off)", default: "127.0.0.1:8444"),
        "address that serves the pages for browsers; port 0 takes a free one"
      )
    case .rehearseAt:
      Declaration(
        "rehearse-at",
        .text("a time with its offset, such as \(Self.momentExample)", default: "no rehearsal"),
        "run as if it were this moment; the clock runs on from there"
      )
    case .certificate:
      Declaration(
        "certificate",
        .text("a PEM file", default: "certs/server.pem of the data folder"),
        "file of the certificate chain"
      )
    case .privateKey:
      Declaration(
        "private-key",
        .text("a PEM file", default: "certs/server.key of the data folder"),
        "file of the certificate's private key"
      )
    case .badgeKeyFile:
      Declaration(
        "badge-key-file",
        .text("a file outside the data folder, or - to be asked", default: "none: they are not encrypted"),
        "file with the passphrase, or the random bytes, that encrypts the private keys of badges; at least 16 bytes"
      )
    case .certificateRefresh:
      Declaration(
        "certificate-refresh-seconds",
        .number(1...86_400, default: 10, .seconds(\.certificateRefresh)),
        "how often to look for a replaced certificate"
      )
    case .maximumMessageBytes:
      Declaration(
        "max-message-bytes",
        .number(65_536...67_108_864, default: 4_194_304, .count(\.maximumMessageBytes)),
        "largest request message"
      )
    case .maximumStreams:
      Declaration(
        "max-streams",
        .number(1...10_000, default: 256, .count(\.maximumStreams)),
        "calls open at once on one connection"
      )
    case .maximumConnectionsPerAddress:
      Declaration(
        "max-connections-per-address",
        .number(1...100_000, default: 1024, .count(\.maximumConnectionsPerAddress)),
        "strangers' connections open at once from one address"
      )
    case .maximumStrangers:
      Declaration(
        "max-strangers",
        .number(1...100_000, default: 4096, .count(\.maximumStrangers)),
        "strangers' connections open at once from all addresses"
      )
    case .maximumConnectionsPerCaller:
      Declaration(
        "max-connections-per-caller",
        .number(1...100_000, default: 1024, .count(\.maximumConnectionsPerCaller)),
        "connections open at once of one token or device"
      )
    case .handshakeTimeout:
      Declaration(
        "handshake-timeout-seconds",
        .number(1...300, default: 10, .seconds(\.handshakeTimeout)),
        "how long a TLS handshake, or the headers of a call, may take"
      )
    case .strangerTimeout:
      Declaration(
        "stranger-seconds",
        .number(1...3600, default: 30, .seconds(\.strangerTimeout)),
        "how long a stranger's connection is kept on which no call succeeds; while it waits for an answer, that time stands still"
      )
    case .silenceTimeout:
      Declaration(
        "silence-seconds",
        .number(1...3600, default: 30, .seconds(\.silenceTimeout)),
        "how long a connection may be silent until it is asked for a sign of life"
      )
    case .signOfLifeTimeout:
      Declaration(
        "sign-of-life-seconds",
        .number(1...300, default: 10, .seconds(\.signOfLifeTimeout)),
        "how long a silent connection then has for a sign of life before it is closed"
      )
    case .stopTimeout:
      Declaration(
        "stop-seconds",
        .number(0...300, default: 10, .seconds(\.stopTimeout)),
        "how long a stop waits for what was accepted; then it cuts what is left"
      )
    case .maximumWatchesPerCaller:
      Declaration(
        "max-watches-per-caller",
        .number(1...100_000, default: 256, .count(\.maximumWatchesPerCaller)),
        "rosters, headcounts or feeds that one token or device watches at once; health that one address watches"
      )
    case .maximumHealthWatches:
      Declaration(
        "max-health-watches",
        .number(1...100_000, default: 1000, .count(\.maximumHealthWatches)),
        "health states that are watched at once, from all addresses"
      )
    case .maximumSearches:
      Declaration(
        "max-searches",
        .number(1...1000, default: 32, .count(\.maximumSearches)),
        "searches for people under way at once"
      )
    case .rosterPatience:
      Declaration(
        "roster-patience-seconds",
        .number(5...3600, default: 60, .seconds(\.rosterPatience)),
        "how long who follows a roster, headcounts or a feed may take nothing of what is sent; the call ends then"
      )
    case .deviceCertificateDays:
      Declaration(
        "device-certificate-days",
        .number(1...398, default: 30, nil),
        "how long the certificates of devices are valid; they renew them by themselves"
      )
    case .searchesPerMinute:
      Declaration(
        "searches-per-minute",
        .number(1...10_000, default: 30, .count(\.searchesPerMinute)),
        "look-ups by name a minute of one caller that nobody passed for"
      )
    case .mailServer:
      Declaration(
        "mail-server",
        .text("an address such as smtp://mail.example.org or smtps://mail.example.org", default: "none: mails wait"),
        "server that takes mails to participants; smtp encrypts by STARTTLS, which only a server on this machine may do without"
      )
    case .mailFrom:
      Declaration(
        "mail-from",
        .text("an e-mail address, such as forum@example.org", default: "none; needed with mail-server"),
        "address that mails are from"
      )
    case .mailUser:
      Declaration(
        "mail-user",
        .text("a name", default: "none: it is not signed in"),
        "user that signs in to the mail server"
      )
    case .mailPasswordFile:
      Declaration(
        "mail-password-file",
        .text("a file outside the data folder", default: "none; needed with mail-user"),
        "file with that user's password"
      )
    case .mailAuthority:
      Declaration(
        "mail-authority",
        .text("a PEM file", default: "the system's authorities"),
        "authorities that the mail server's certificate is compared with"
      )
    case .mailsPerMinute:
      Declaration(
        "mails-per-minute",
        .number(1...10_000, default: 120, .count(\.mailsPerMinute)),
        "most mails that are sent a minute"
      )
    case .webAddress:
      Declaration(
        "web-address",
        .text("an address such as https://register.example.org", default: "none: mails have no links"),
        "address at which participants open the pages, with which the links in their mails begin"
      )
    case .publicCallsPerMinute:
      Declaration(
        "public-calls-per-minute",
        .number(1...1_000_000, default: 30, .count(\.publicCallsPerMinute)),
        "registrations, confirmations and requests for links a minute of strangers from one address; four times as many from one network"
      )
    case .logLevel:
      Declaration(
        "log-level",
        .text(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "), default: "info"),
        "the least that is logged"
      )
    }
  }
}
