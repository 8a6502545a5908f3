import CGMime
import LanyardDomain
import Synchronization

/// Something of GMime that is given back when nobody has it any more.
private struct MIMEObject: ~Copyable {
  let pointer: UnsafeMutableRawPointer

  init(_ pointer: UnsafeMutableRawPointer?) throws(MailFailure) {
    guard let pointer else { throw MailFailure.noMemory }
    self.pointer = pointer
  }

  deinit { g_object_unref(pointer) }

  var object: UnsafeMutablePointer<GMimeObject>? { lanyard_mimeObject(pointer) }
  var part: UnsafeMutablePointer<GMimePart>? { lanyard_mimePart(pointer) }
}

/// Why no message came to be.
package enum MailFailure: Error, Hashable, Sendable {
  case noMemory
  /// Where it was to be written, it could not.
  case notWritten
}

extension MailMessage {
  private static let charset = "utf-8"
  /// GMime's own tables, made once.
  private static let isReady: Void = g_mime_init()
  /// GMime shares tables of charsets and converters: whoever uses it, holds this.
  private static let gmime = Mutex(())

  /// The message as it is sent (RFC 5322), with CRLF at the ends of lines.
  ///
  /// GMime is used here alone, by one thread at a time.
  package func bytes() throws(MailFailure) -> [UInt8] {
    try Self.gmime.withLock { _ throws(MailFailure) in try composed() }
  }

  private func composed() throws(MailFailure) -> [UInt8] {
    _ = Self.isReady
    let message = try MIMEObject(g_mime_message_new(0))
    let pointer = message.pointer.assumingMemoryBound(to: GMimeMessage.self)
    try Self.add(from, as: GMIME_ADDRESS_TYPE_FROM, to: pointer)
    try Self.add(to, as: GMIME_ADDRESS_TYPE_TO, to: pointer)
    if let replyTo { try Self.add(replyTo, as: GMIME_ADDRESS_TYPE_REPLY_TO, to: pointer) }
    g_mime_message_set_subject(pointer, Self.oneLine(letter.subject), Self.charset)
    g_mime_message_set_message_id(pointer, messageID)
    if let moment = g_date_time_new_from_unix_utc(gint64(date.seconds)) {
      g_mime_message_set_date(pointer, moment)
      g_date_time_unref(moment)
    }
    // Nobody's absence notice is to answer it (RFC 3834).
    g_mime_object_set_header(message.object, "Auto-Submitted", "auto-generated", Self.charset)
    g_mime_object_set_header(message.object, "Content-Language", letter.language.tag, Self.charset)
    let body = try body()
    g_mime_message_set_mime_part(pointer, body.object)
    return try Self.written(message)
  }

  /// The texts, and what comes with them.
  private func body() throws(MailFailure) -> MIMEObject {
    let texts = try MIMEObject(g_mime_multipart_new_with_subtype("alternative"))
    try add(letter.text, "plain", to: texts)
    try add(letter.html, "html", to: texts)
    guard !attachments.isEmpty else { return texts }
    let whole = try MIMEObject(g_mime_multipart_new_with_subtype("mixed"))
    g_mime_multipart_add(whole.pointer.assumingMemoryBound(to: GMimeMultipart.self), texts.object)
    for attachment in attachments { try Self.add(attachment, to: whole) }
    return whole
  }

  private func add(_ text: String, _ kind: String, to multipart: borrowing MIMEObject) throws(MailFailure) {
    let part = try MIMEObject(g_mime_text_part_new_with_subtype(kind))
    let pointer = part.pointer.assumingMemoryBound(to: GMimeTextPart.self)
    // Before the text: else it takes the oldest that fits.
    g_mime_text_part_set_charset(pointer, Self.charset)
    g_mime_text_part_set_text(pointer, text)
    let isLatin = text.utf8.count < text.unicodeScalars.count * 5 / 4
    g_mime_part_set_content_encoding(
      part.part,
      isLatin ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE : GMIME_CONTENT_ENCODING_BASE64
    )
    g_mime_multipart_add(multipart.pointer.assumingMemoryBound(to: GMimeMultipart.self), part.object)
  }

  private static func add(_ attachment: Attachment, to multipart: borrowing MIMEObject) throws(MailFailure) {
    let part = try MIMEObject(g_mime_part_new_with_type(attachment.type.main, attachment.type.sub))
    for (name, value) in attachment.parameters {
      g_mime_object_set_content_type_parameter(part.object, name, value)
    }
    let stream = try MIMEObject(
      attachment.bytes.withUnsafeBufferPointer { bytes in
        bytes.baseAddress?.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          g_mime_stream_mem_new_with_buffer($0, bytes.count)
        }
      }
    )
    let content = try MIMEObject(
      g_mime_data_wrapper_new_with_stream(
        stream.pointer.assumingMemoryBound(to: GMimeStream.self),
        GMIME_CONTENT_ENCODING_DEFAULT
      )
    )
    g_mime_part_set_content(part.part, content.pointer.assumingMemoryBound(to: GMimeDataWrapper.self))
    g_mime_part_set_content_encoding(part.part, GMIME_CONTENT_ENCODING_BASE64)
    g_mime_object_set_disposition(part.object, "attachment")
    g_mime_part_set_filename(part.part, attachment.name)
    g_mime_multipart_add(multipart.pointer.assumingMemoryBound(to: GMimeMultipart.self), part.object)
  }

  private static func add(
    _ address: MailAddress,
    as type: GMimeAddressType,
    to message: UnsafeMutablePointer<GMimeMessage>
  ) throws(MailFailure) {
    let name = oneLine(address.name)
    let mailbox = try MIMEObject(internet_address_mailbox_new(name.isEmpty ? nil : name, oneLine(address.address)))
    let pointer = mailbox.pointer.assumingMemoryBound(to: InternetAddress.self)
    // Else the oldest charset that fits, such as ISO 8859-6 for an Arabic name.
    internet_address_set_charset(pointer, charset)
    internet_address_list_add(g_mime_message_get_addresses(message, type), pointer)
  }

  /// What stands in a header: nothing ends it, whatever somebody wrote.
  private static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func written(_ message: borrowing MIMEObject) throws(MailFailure) -> [UInt8] {
    guard let options = g_mime_format_options_new() else { throw .noMemory }
    defer { g_mime_format_options_free(options) }
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS)
    let stream = try MIMEObject(g_mime_stream_mem_new())
    let written = g_mime_object_write_to_stream(
      message.object,
      options,
      stream.pointer.assumingMemoryBound(to: GMimeStream.self)
    )
    let memory = g_mime_stream_mem_get_byte_array(stream.pointer.assumingMemoryBound(to: GMimeStreamMem.self))
    guard written >= 0, let memory, let data = memory.pointee.data else { throw .notWritten }
    return Array(UnsafeBufferPointer(start: data, count: Int(memory.pointee.len)))
  }
}
