package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"time"

	"golang.org/x/net/http2"
)

// The most PINGs of a flood; a server that takes them all in has no limit.
const pings = 100_000

// sendPings sends PINGs without any call on a connection of HTTP/2 until the server ends it.
func sendPings(server, authority string) (string, error) {
	pem, err := os.ReadFile(authority)
	if err != nil {
		return "", err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	connection, err := tls.Dial("tcp", server, &tls.Config{RootCAs: roots, NextProtos: []string{"h2"}})
	if err != nil {
		return "", err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := connection.Write([]byte(http2.ClientPreface)); err != nil {
		return "", err
	}
	framer := http2.NewFramer(connection, connection)
	if err := framer.WriteSettings(); err != nil {
		return "", err
	}
	ended := make(chan error, 1)
	go func() {
		for {
			frame, err := framer.ReadFrame()
			if err != nil {
				ended <- err
				return
			}
			if settings, is := frame.(*http2.SettingsFrame); is && !settings.IsAck() {
				// The other goroutine writes too; the acknowledgement can wait, since no call is made.
				continue
			}
		}
	}()
	for number := 0; number < pings; number++ {
		if err := framer.WritePing(false, [8]byte{byte(number), byte(number >> 8)}); err != nil {
			return fmt.Sprintf("ended after %d PINGs", number), nil
		}
	}
	select {
	case err := <-ended:
		if timeout, is := err.(interface{ Timeout() bool }); is && timeout.Timeout() {
			return "", fmt.Errorf("all %d PINGs were taken in", pings)
		}
		return fmt.Sprintf("ended after %d PINGs", pings), nil
	case <-time.After(35 * time.Second):
		return "", fmt.Errorf("all %d PINGs were taken in", pings)
	}
}
