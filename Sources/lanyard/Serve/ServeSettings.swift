import Foundation
import LanyardDomain
import LanyardMail
import LanyardServer
import LanyardTexts
import Logging

/// The settings of a server, whatever place each came from.
struct ServeSettings {
  let server: ServerSettings
  /// Where the pages are; nil where there are none.
  let web: Endpoint?
  let clock: ServerClock
  let logLevel: Logger.Level

  /// Takes each setting from its option, the environment, the data folder's file, or its default, in this order.
  static func resolve(
    _ options: ServeOptions,
    folder: DataFolder,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws -> ServeSettings {
    let values = try await SettingValues(options, folder, environment: environment)
    let files = certificateFiles(values, folder)
    var server = ServerSettings(certificatePath: files.certificate, privateKeyPath: files.privateKey)
    server.endpoint = try endpoint(values, .grpc)
    for setting in Setting.allCases {
      guard case .number(_, _, let field?) = setting.values else { continue }
      server.set(field, to: try await values.number(setting))
    }
    let days = try await values.number(.deviceCertificateDays)
    guard let logLevel = Logger.Level(rawValue: values.text(.logLevel)) else {
      throw SettingValues.wrong(.logLevel, values.text(.logLevel), say: .list(Logger.Level.allCases.map(\.rawValue)))
    }
    let clock = try clock(values)
    let keyFile = values.text(.badgeKeyFile, default: "")
    if !keyFile.isEmpty { server.keySecret = try KeyFile.secret(keyFile, folder) }
    server.mailServer = try mailServer(values, folder)
    server.webAddress = try webAddress(values)
    let web = values.text(.web) == Setting.off ? nil : try endpoint(values, .web)
    try checkFiles(server, folder)
    let devices = try folder.authority(
      certificate: folder.deviceAuthorityCertificate,
      key: folder.deviceAuthorityKey,
      named: "Lanyard devices"
    )
    server.deviceAuthority = DeviceAuthority(devices.authority, lifetime: .seconds(days * 86_400))
    return ServeSettings(server: server, web: web, clock: clock, logLevel: logLevel)
  }

  /// Paths of the certificate's files, as a server that is started with these options has them.
  static func certificateFiles(
    _ options: ServeOptions,
    folder: DataFolder
  ) async throws -> (certificate: String, privateKey: String) {
    let environment = ProcessInfo.processInfo.environment
    return certificateFiles(try await SettingValues(options, folder, environment: environment), folder)
  }

  private static func certificateFiles(
    _ values: SettingValues,
    _ folder: DataFolder
  ) -> (certificate: String, privateKey: String) {
    (
      values.text(.certificate, default: folder.serverCertificate),
      values.text(.privateKey, default: folder.serverKey)
    )
  }

  private static func endpoint(_ values: SettingValues, _ setting: Setting) throws -> Endpoint {
    do throws(InvalidInput) {
      return try Endpoint(values.text(setting), of: setting.name, ports: Endpoint.listenable)
    } catch {
      throw SettingValues.atFault(setting, error)
    }
  }

  /// Nil where mails wait; each setting is looked at, also where it has no use.
  private static func mailServer(_ values: SettingValues, _ folder: DataFolder) throws -> MailServer? {
    let (address, sender) = (values.text(.mailServer, default: ""), values.text(.mailFrom, default: ""))
    let (user, file) = (values.text(.mailUser, default: ""), values.text(.mailPasswordFile, default: ""))
    let known = MailServerAddress(address)
    guard address.isEmpty || known != nil else {
      throw SettingValues.wrong(.mailServer, address, say: .sentence(Sentence(.mailSettingServer)))
    }
    guard sender.isEmpty || EmailAddress.fault(of: sender) == nil else {
      throw SettingValues.wrong(.mailFrom, sender, say: .sentence(Sentence(.mailSettingFrom)))
    }
    let password = file.isEmpty ? nil : try KeyFile.password(file, folder)
    let authority = try mailAuthority(values, folder)
    for (one, other) in [
      (Setting.mailUser, Setting.mailPasswordFile), (.mailPasswordFile, .mailUser), (.mailUser, .mailServer),
      (.mailServer, .mailFrom),
    ] where !values.text(one, default: "").isEmpty && values.text(other, default: "").isEmpty {
      throw CommandFailure.usage(Sentence(.mailSettingNeeds, ["one": .text(one.name), "other": .text(other.name)]))
    }
    guard let known else { return nil }
    var server = MailServer(known, sender: sender)
    if let password { (server.user, server.password) = (user, password) }
    server.authorityPath = authority
    return server
  }

  private static func mailAuthority(_ values: SettingValues, _ folder: DataFolder) throws -> String? {
    let path = values.text(.mailAuthority, default: "")
    guard !path.isEmpty else { return nil }
    guard access(path, R_OK) == 0 else {
      let facts: [String: Sentence.Fact] = [
        "setting": .text(Setting.mailAuthority.name), "file": .text(path), "folder": .text(folder.path),
      ]
      throw CommandFailure.usage(Sentence(.settingNoFile, facts))
    }
    return path
  }

  private static func webAddress(_ values: SettingValues) throws -> WebAddress? {
    let text = values.text(.webAddress, default: "")
    guard !text.isEmpty else { return nil }
    guard let address = WebAddress(text), address.isBase else {
      throw SettingValues.wrong(.webAddress, text, say: .sentence(Sentence(.settingWebAddress)))
    }
    return address
  }

  private static func clock(_ values: SettingValues) throws -> ServerClock {
    let moment = values.text(.rehearseAt, default: "")
    guard !moment.isEmpty else { return .system }
    guard let time = OffsetTime(moment) else {
      let form = Sentence(.settingMoment, ["example": .text(Setting.momentExample)])
      throw SettingValues.wrong(.rehearseAt, moment, say: .sentence(form))
    }
    return .rehearsing(from: time.instant)
  }

  private static func checkFiles(_ server: ServerSettings, _ folder: DataFolder) throws {
    for (setting, path) in [(Setting.certificate, server.certificatePath), (.privateKey, server.privateKeyPath)]
    where access(path, R_OK) != 0 {
      let facts: [String: Sentence.Fact] = [
        "setting": .text(setting.name), "file": .text(path), "folder": .text(folder.path),
      ]
      throw CommandFailure.usage(Sentence(.settingNoFile, facts))
    }
  }
}
