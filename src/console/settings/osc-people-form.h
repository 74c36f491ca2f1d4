/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-people.h"
#include "osc-sheet.h"

G_BEGIN_DECLS

/** One thing to type. */
typedef struct {
  const char *member; /* of the body; NULL ends the list */
  const char *label;  /* msgid */
  const char *hint;   /* msgid, nullable */
  gboolean secret;
} OscPeopleField;

/** A step of a sheet that ends with an act. */
typedef struct {
  OscPeople *people;
  OscPeopleAct act;
  const char *id;    /* nullable */
  gint64 if_version; /* 0: none */
  const char *title; /* translated, like all below */
  const char *lead;  /* nullable */
  const char *verb;
  const char *refused; /* (nullable): what a refused password or code is called */
  const char *invalid; /* (nullable): what is said of an entry that is against the rules */
  const OscPeopleField *fields;
  /* Called with the answer after it was done; without it the sheet closes. @owner as below. */
  void (*done) (OscSheet *sheet, JsonObject *answer, gpointer owner);
  gpointer owner;    /* (nullable): a GObject that is kept until the step is over */
  const char *toast; /* (nullable): said when it was done */
} OscPeopleForm;

/** osc_people_form_start: begins the step @form on @sheet; a step before it is over. */
void osc_people_form_start (OscSheet *sheet, const OscPeopleForm *form);
/** osc_people_form_set: a member of the body that is not typed. */
void osc_people_form_set (OscSheet *sheet, const char *member, const char *value);
/** osc_people_form_add_choice: a choice below the fields whose value becomes @member. @values,
 * @words: (array zero-terminated=1); the first is chosen. */
void osc_people_form_add_choice (OscSheet *sheet,
                                 const char *member,
                                 const char *label,
                                 const char *const *values,
                                 const char *const *words);
/** osc_people_form_failure: what went wrong, in words; static. @refused, @invalid: (nullable): as
 * in OscPeopleForm. */
const char *osc_people_form_failure (const GError *error, const char *refused, const char *invalid);

G_END_DECLS
