/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The alarm: what it asks for and when, what is really heard at a null sink of PulseAudio, and that
 * a machine without sound is a state and not a crash. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "osc-alarm.h"
#include "osc-sound-watch.h"
#include "spin.h"

#define RATE 48000
#define LOUD 1500 /* of 32767 */

typedef struct {
  char *folder;
  GSubprocess *server;
  GSubprocess *recorder;
  GInputStream *samples;
  gint16 buffer[RATE / 10];
  guint loud;  /* samples over LOUD since the last reset */
  guint heard; /* samples since the last reset */
} Sink;

typedef struct {
  guint n;
  int sound;
  double volume;
} Requests;

static void
requested_cb (OscAlarm *alarm, int sound, double volume, Requests *requests)
{
  requests->n++;
  requests->sound = sound;
  requests->volume = volume;
}

static OscAlarm *
alarm_new (Requests *requests)
{
  OscAlarm *alarm = osc_alarm_new ();

  g_signal_connect (alarm, "requested", G_CALLBACK (requested_cb), requests);
  return alarm;
}

static void
test_loudness (void)
{
  g_assert_cmpfloat_with_epsilon (osc_alarm_loudness (0.4, 0), 0.4, 0.001);
  g_assert_cmpfloat_with_epsilon (osc_alarm_loudness (0.4, 29), 0.4, 0.001);
  g_assert_cmpfloat_with_epsilon (osc_alarm_loudness (0.4, 30), 0.6, 0.001);
  g_assert_cmpfloat_with_epsilon (osc_alarm_loudness (0.4, 60), 0.8, 0.001);
  g_assert_cmpfloat_with_epsilon (osc_alarm_loudness (0.4, 120), 1.0, 0.001);
  g_assert_cmpfloat_with_epsilon (osc_alarm_loudness (1.0, 500), 1.0, 0.001);
}

static void
test_asks (void)
{
  Requests requests = {0};
  g_autoptr (OscAlarm) alarm = alarm_new (&requests);
  gboolean ringing;
  gboolean later;

  osc_alarm_set_volume (alarm, 0.05);
  osc_alarm_ring (alarm);
  g_assert_cmpuint (requests.n, ==, 1);
  g_assert_cmpint (requests.sound, ==, OSC_SOUND_NEW);
  g_assert_cmpfloat_with_epsilon (requests.volume, 0.4, 0.001); /* the floor */
  osc_alarm_ring (alarm); /* a second order: already ringing */
  g_assert_cmpuint (requests.n, ==, 1);
  SPIN_UNTIL (requests.n == 2, 5000);

  osc_alarm_later (alarm);
  g_object_get (alarm, "ringing", &ringing, "later", &later, NULL);
  g_assert_true (ringing && later);
  SPIN_FOR (4500);
  g_assert_cmpuint (requests.n, ==, 2);
  osc_alarm_ring (alarm); /* a new one: full again, at once */
  g_assert_cmpuint (requests.n, ==, 3);

  osc_alarm_stop (alarm);
  g_object_get (alarm, "ringing", &ringing, "later", &later, NULL);
  g_assert_false (ringing || later);
  g_assert_cmpuint (osc_alarm_rang_for (alarm), ==, 0);
  SPIN_FOR (4000);
  g_assert_cmpuint (requests.n, ==, 3);
}

static void
test_late_once (void)
{
  Requests requests = {0};
  g_autoptr (OscAlarm) alarm = alarm_new (&requests);

  osc_alarm_late (alarm, "a");
  osc_alarm_late (alarm, "a");
  osc_alarm_late (alarm, "b");
  g_assert_cmpuint (requests.n, ==, 2);
  g_assert_cmpint (requests.sound, ==, OSC_SOUND_LATE);
}

/* No server, no ALSA card: the sound is asked for, the device is at fault, nothing breaks. */
static void
test_no_device (void)
{
  Requests requests = {0};
  g_autoptr (OscAlarm) alarm = NULL;
  gboolean ok;

  if (g_file_test ("/dev/snd/pcmC0D0p", G_FILE_TEST_EXISTS)) {
    g_test_skip ("this machine has a sound card");
    return;
  }
  g_setenv ("PULSE_SERVER", "unix:/nonexistent/pulse.sock", TRUE);
  alarm = alarm_new (&requests);
  osc_alarm_ring (alarm);
  SPIN_UNTIL (osc_alarm_get_device (alarm) == OSC_SOUND_DEVICE_FAULT, 8000);
  g_object_get (alarm, "device-ok", &ok, NULL);
  g_assert_false (ok);
  g_assert_true (osc_alarm_get_ringing (alarm));
  g_unsetenv ("PULSE_SERVER");
}

/* ---- a null sink ---- */

static void read_more (Sink *sink);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sink *sink = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    return;
  for (gssize i = 0; i < n / 2; i++)
    sink->loud += ABS (sink->buffer[i]) > LOUD;
  sink->heard += (guint)n / 2;
  read_more (sink);
}

static void
read_more (Sink *sink)
{
  g_input_stream_read_async (sink->samples, sink->buffer, sizeof sink->buffer, G_PRIORITY_DEFAULT,
                             NULL, read_cb, sink);
}

static gboolean
sink_open (Sink *sink)
{
  g_autofree char *pulse = g_find_program_in_path ("pulseaudio");
  g_autofree char *parec = g_find_program_in_path ("parec");
  g_autofree char *module = NULL;
  g_autofree char *socket = NULL;
  g_autofree char *server = NULL;

  if (pulse == NULL || parec == NULL)
    return FALSE;
  sink->folder = g_dir_make_tmp ("osc-alarm-XXXXXX", NULL);
  g_assert_cmpint (chmod (sink->folder, 0700), ==, 0);
  socket = g_build_filename (sink->folder, "pulse.sock", NULL);
  server = g_strconcat ("unix:", socket, NULL);
  module = g_strconcat ("module-native-protocol-unix auth-anonymous=1 socket=", socket, NULL);
  g_setenv ("PULSE_SERVER", server, TRUE);
  g_setenv ("HOME", sink->folder, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", sink->folder, TRUE);
  sink->server = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, pulse, "-n",
      "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", "-L",
      module, "-L", "module-null-sink sink_name=test", "-L", "module-always-sink", NULL);
  g_assert_nonnull (sink->server);
  SPIN_UNTIL (g_file_test (socket, G_FILE_TEST_EXISTS), 10000);
  sink->recorder = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, parec, "-d",
      "test.monitor", "--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=20", NULL);
  g_assert_nonnull (sink->recorder);
  sink->samples = g_subprocess_get_stdout_pipe (sink->recorder);
  read_more (sink);
  SPIN_UNTIL (sink->heard > 0, 10000);
  return TRUE;
}

static void
sink_close (Sink *sink)
{
  g_subprocess_force_exit (sink->recorder);
  g_subprocess_wait (sink->recorder, NULL, NULL);
  SPIN_FOR (50); /* the last read ends */
  g_subprocess_force_exit (sink->server);
  g_subprocess_wait (sink->server, NULL, NULL);
  g_object_unref (sink->recorder);
  g_object_unref (sink->server);
  g_free (sink->folder);
}

static void
test_heard (void)
{
  Sink sink = {0};
  Requests requests = {0};
  g_autoptr (OscAlarm) alarm = NULL;
  gint64 start;

  if (!sink_open (&sink)) {
    g_test_skip ("pulseaudio or parec is not installed");
    return;
  }
  alarm = alarm_new (&requests);
  sink.loud = 0;
  start = g_get_monotonic_time ();
  osc_alarm_ring (alarm);
  SPIN_UNTIL (sink.loud > 200, 5000);
  g_test_message ("heard after %d ms", (int)((g_get_monotonic_time () - start) / 1000));
  SPIN_UNTIL (osc_alarm_get_device (alarm) == OSC_SOUND_DEVICE_OK, 5000);

  /* again, by itself */
  sink.loud = 0;
  SPIN_UNTIL (sink.loud > 200, 6000);

  osc_alarm_stop (alarm);
  SPIN_FOR (700); /* what is in the buffers */
  sink.loud = 0;
  sink.heard = 0;
  SPIN_FOR (3500);
  g_assert_cmpuint (sink.heard, >, RATE);
  g_assert_cmpuint (sink.loud, ==, 0);

  for (int sound = OSC_SOUND_CHANGED; sound <= OSC_SOUND_FAULT; sound++) {
    sink.loud = 0;
    osc_alarm_play (alarm, sound);
    SPIN_UNTIL (sink.loud > 200, 5000);
    SPIN_FOR (1200);
  }
  g_clear_object (&alarm);
  sink_close (&sink);
}

static void
pactl (const char *verb, const char *module)
{
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, "pactl", verb, module, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

/* The last device goes while nothing rings, and comes back: both are noticed, though the sound
 * server puts up a device that swallows everything. */
static void
test_unplugged (void)
{
  Sink sink = {0};
  Requests requests = {0};
  g_autofree char *program = g_find_program_in_path ("pactl");
  g_autoptr (OscAlarm) alarm = NULL;
  g_autoptr (OscSoundWatch) watch = NULL;

  if (program == NULL || !sink_open (&sink)) {
    g_test_skip ("pulseaudio, parec or pactl is not installed");
    return;
  }
  alarm = alarm_new (&requests);
  watch = osc_sound_watch_new (alarm);
  osc_alarm_play (alarm, OSC_SOUND_CHANGED);
  SPIN_UNTIL (osc_alarm_get_device (alarm) == OSC_SOUND_DEVICE_OK, 10000);
  pactl ("unload-module", "module-null-sink");
  SPIN_UNTIL (osc_alarm_get_device (alarm) == OSC_SOUND_DEVICE_FAULT, 10000);
  SPIN_FOR (1000); /* the one that swallows everything comes */
  g_assert_cmpint (osc_alarm_get_device (alarm), ==, OSC_SOUND_DEVICE_FAULT);
  pactl ("load-module", "module-null-sink");
  SPIN_UNTIL (osc_alarm_get_device (alarm) == OSC_SOUND_DEVICE_UNKNOWN, 10000);
  osc_alarm_play (alarm, OSC_SOUND_CHANGED);
  SPIN_UNTIL (osc_alarm_get_device (alarm) == OSC_SOUND_DEVICE_OK, 10000);
  g_clear_object (&watch);
  g_clear_object (&alarm);
  sink_close (&sink);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm/loudness", test_loudness);
  g_test_add_func ("/alarm/late-once", test_late_once);
  g_test_add_func ("/alarm/no-device", test_no_device);
  g_test_add_func ("/alarm/asks", test_asks);
  g_test_add_func ("/alarm/heard", test_heard);
  g_test_add_func ("/alarm/unplugged", test_unplugged);
  return g_test_run ();
}
