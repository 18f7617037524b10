#ifndef GAARA_CYAML_H
#define GAARA_CYAML_H
#include <yaml.h>
#endif
