import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// `lanyard.v1.DeviceService`.
struct DeviceServiceProvider: Lanyard_V1_DeviceService.SimpleServiceProtocol {
  private let store: any DeviceStore
  private let authority: DeviceAuthority?
  private let clock: ServerClock
  private let logger: Logger
  private let guardian: EnrolmentGuard
  /// Told of each device that is changed or revoked.
  private let devices: DeviceCheck
  /// The certificate that is presented now.
  private let certificate: @Sendable () -> ServerCertificate

  init(
    store: any DeviceStore,
    authority: DeviceAuthority?,
    devices: DeviceCheck,
    certificate: @escaping @Sendable () -> ServerCertificate,
    clock: ServerClock,
    logger: Logger
  ) {
    self.store = store
    self.authority = authority
    self.devices = devices
    self.certificate = certificate
    self.clock = clock
    self.logger = logger
    guardian = EnrolmentGuard(clock: clock)
  }

  func createEnrolmentCode(
    request: Lanyard_V1_CreateEnrolmentCodeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_EnrolmentCode {
    _ = try enrolling()
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let name = try Self.displayName(request.displayName, field: "display_name")
    if !request.address.isEmpty { try checkAddress(request.address) }
    let lifetime =
      try request.hasLifetime
      ? request.lifetime.length(in: Enrolment.lifetimes, field: "lifetime", else: .lifetimeOutOfRange)
      : Enrolment.usualLifetime
    let profile = try DeviceProfile(request.profile, field: "profile")
    let places = try Self.checkpoints(request.checkpoints, of: event, field: "checkpoints")
    try profile.check(checkpoints: places, isSupervisor: request.supervisor, under: "")
    let (code, linkCode) = (EnrolmentCode.random(.typed), EnrolmentCode.random(.link))
    let expiresAt = clock.now + lifetime
    let stored = StoredEnrolmentCode(
      hash: code.hash,
      linkHash: linkCode.hash,
      event: event,
      displayName: name,
      profile: profile,
      checkpoints: places,
      isSupervisor: request.supervisor,
      expiresAt: expiresAt
    )
    try await store.addEnrolmentCode(context.act(clock), stored)
    var made = Lanyard_V1_EnrolmentCode(stored.enrolment)
    made.code = code.text
    made.linkCode = linkCode.text
    return made
  }

  func listEnrolmentCodes(
    request: Lanyard_V1_ListEnrolmentCodesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListEnrolmentCodesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let page = try await store.enrolmentCodes(
      of: event,
      at: clock.now,
      request.page()
    )
    var response = Lanyard_V1_ListEnrolmentCodesResponse()
    response.enrolmentCodes = page.items.map(Lanyard_V1_EnrolmentCode.init)
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func withdrawEnrolmentCode(
    request: Lanyard_V1_WithdrawEnrolmentCodeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_EnrolmentCode {
    let (event, id) = try ResourceName.enrolmentCode(request.name, field: "name")
    return Lanyard_V1_EnrolmentCode(try await store.withdrawEnrolmentCode(context.act(clock), id, of: event))
  }

  func enrolDevice(
    request: Lanyard_V1_EnrolDeviceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_EnrolDeviceResponse {
    let authority = try enrolling()
    let code = EnrolmentCode(request.code)
    let attempt = try guardian.begin(context.remotePeer, form: code?.form)
    // A request that is broken must not take the place of another.
    _ = try authority.issue(to: "check", for: request.certificateRequest)
    guard let code else { throw StoreError.enrolmentCodeRefused }
    let fingerprint = Fingerprint.of(request.certificateRequest)
    let act = context.act(clock)
    let pending = try await store.enrol(act, codeHash: code.hash, request: fingerprint)
    guardian.giveBack(attempt)
    // It comes onto the record with its first call, in `DeviceCheck`.
    let (certificate, device) = try await certify(pending, request.certificateRequest, authority, act)
    logger.info("certificate for a device that enrols", metadata: ["device": "\(device.id)"])
    return .with {
      $0.device = Lanyard_V1_Device(device)
      $0.certificate = certificate
    }
  }

  func renewDeviceCertificate(
    request: Lanyard_V1_RenewDeviceCertificateRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_RenewDeviceCertificateResponse {
    let authority = try enrolling()
    guard let device = try context.caller.device else { throw Authentication.missing }
    let (certificate, renewed) = try await certify(device, request.certificateRequest, authority, context.act(clock))
    logger.info("device certificate renewed", metadata: ["device": "\(device.id)"])
    return .with {
      $0.certificate = certificate
      $0.device = Lanyard_V1_Device(renewed)
    }
  }

  func listDevices(
    request: Lanyard_V1_ListDevicesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListDevicesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let page = try await store.devices(
      of: event,
      request.page()
    )
    var response = Lanyard_V1_ListDevicesResponse()
    response.serverTime = Google_Protobuf_Timestamp(clock.now)
    response.devices = page.items.map(Lanyard_V1_Device.init)
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func getDevice(
    request: Lanyard_V1_GetDeviceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Device {
    let address = try ResourceName.device(request.name, field: "name")
    guard let device = try await store.device(address.id), device.event == address.event else {
      throw StoreError.notFound(address.name)
    }
    return Lanyard_V1_Device(device)
  }

  func updateDevice(
    request: Lanyard_V1_UpdateDeviceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Device {
    let address = try ResourceName.device(request.device.name, field: "device.name")
    let change = try DeviceChange(
      request,
      displayName: { name throws(InvalidInput) in try Self.displayName(name, field: "device.display_name") },
      checkpoints: { names throws(InvalidInput) in
        try Self.checkpoints(names, of: address.event, field: "device.checkpoints")
      }
    )
    let before = try await store.device(address.id)
    // What it is for does not change.
    try before?.profile.check(
      checkpoints: change.checkpoints ?? [],
      isSupervisor: change.isSupervisor ?? false,
      under: "device."
    )
    let device = try await store.change(context.act(clock), device: address.id, of: address.event, change)
    // A new name alone ends no call.
    if before?.maySame(as: device) == true { devices.look(anewAt: address.id) } else { await devices.end(address.id) }
    logger.notice("device changed", metadata: ["device": "\(address.id)"])
    return Lanyard_V1_Device(device)
  }

  func revokeDevice(
    request: Lanyard_V1_RevokeDeviceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Device {
    let address = try ResourceName.device(request.name, field: "name")
    let device = try await store.revokeDevice(context.act(clock), address.id, of: address.event)
    // Nothing that the device sends after this answer is taken by what was known before.
    await devices.end(device.id, but: context.deviceCall)
    logger.notice("device revoked", metadata: ["device": "\(device.id)"])
    return Lanyard_V1_Device(device)
  }

  private func enrolling() throws(RPCError) -> DeviceAuthority {
    guard let authority else {
      throw .make(.noDeviceAuthority, .errorNoDeviceAuthority)
    }
    return authority
  }

  private func certify(
    _ device: Device,
    _ request: String,
    _ authority: DeviceAuthority,
    _ act: Act
  ) async throws -> (pem: String, device: Device) {
    let (pem, endsAt) = try authority.issue(to: device.id, for: request)
    try await store.noteCertificate(act, of: device.id, endsAt: endsAt)
    var device = device
    device.certificateEndsAt = endsAt
    return (pem, device)
  }

  /// - Throws: `InvalidInput` where the server's certificate is none for the host, by which no device would take it.
  private func checkAddress(_ address: String) throws(InvalidInput) {
    let (host, certificate) = (try Endpoint(address, of: "address").host, certificate())
    guard certificate.covers(host.hasSuffix(".") ? String(host.dropLast()) : host) else {
      throw InvalidInput(field: "address", .request(.addressNotCovered(host: host, names: certificate.names)))
    }
  }

  private static func displayName(_ text: String, field: String) throws(InvalidInput) -> String {
    let name = try PlainText.validated(text, limit: Device.nameLimit, field: field)
    guard !name.isEmpty else { throw InvalidInput(field: field, .unnamedDevice) }
    return name
  }

  private static func checkpoints(
    _ names: [String],
    of event: String,
    field: String
  ) throws(InvalidInput) -> [String] {
    let ids = try ResourceName.checkpoints(names, of: event, limit: RequestLimit.checkpoints, field: field)
    return ids.indices.filter { !ids[..<$0].contains(ids[$0]) }.map { ids[$0] }
  }
}
